/**
 * How a long command tells what it does: one line per step with its time, and a sign of life while a step runs.
 * Plain JavaScript without dependencies, because the start script uses it on whatever Node is there, before the
 * project's own runtime has been fetched.
 */

/**
 * A fault that is told to the person at the terminal as it stands: what failed and on what (`message`), what to do
 * (`fix`, one line each), and where the whole output is (`logFile`).
 */
export class StepError extends Error {
  /** @param {string} message @param {{fix?: string[], logFile?: string, exitCode?: number, cause?: unknown}} [options] */
  constructor(message, { fix = [], logFile, exitCode = 1, cause } = {}) {
    super(message, { cause });
    this.name = 'StepError';
    this.fix = fix;
    this.logFile = logFile;
    this.exitCode = exitCode;
  }
}

/** @typedef {{detail(text: string): void, done(text: string): void, fail(text: string): void, skip(text: string): void}} Step */
/**
 * `during` wraps a whole piece of work: its result, and what to say of it when it is done.
 * @typedef {{
 *   step(name: string, doing: string): Step,
 *   during<T>(name: string, doing: string, work: (step: Step) => Promise<T>, said: (result: T) => string): Promise<T>,
 *   line(text?: string): void,
 *   fault(error: unknown): number,
 * }} Steps
 */

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const quietSeconds = 5;

/**
 * `env` is the environment that says how to print (CI, TERM, NO_COLOR, FORCE_COLOR).
 *
 * @param {{env: NodeJS.ProcessEnv, out?: NodeJS.WriteStream}} options
 * @returns {Steps}
 */
export function createSteps({ env, out = process.stdout }) {
  const alive = Boolean(out.isTTY) && !env.CI && env.TERM !== 'dumb';
  const colour = env.FORCE_COLOR ? env.FORCE_COLOR !== '0' : alive && !env.NO_COLOR;
  const paint = (/** @type {number} */ code, /** @type {string} */ text) =>
    colour ? `\u001b[${code}m${text}\u001b[0m` : text;

  // Before a line is written, the sign of life that stands at the cursor is wiped away; it is drawn again below.
  const line = (text = '') => {
    out.write(`${alive ? '\r\u001b[K' : ''}${text}\n`);
  };

  /** Steps under way; the sign of life shows the one that began last. @type {(() => void)[]} */
  const ticks = [];
  let frame = 0;
  const timer = setInterval(() => ticks.at(-1)?.(), alive ? 100 : quietSeconds * 1000).unref();

  /** @param {string} name @param {string} doing @returns {Step} */
  const step = (name, doing) => {
    const started = performance.now();
    const seconds = () => (performance.now() - started) / 1000;
    const label = name.padEnd(10);
    let detail = '';

    const tick = () => {
      const text = `${doing}${detail ? ` – ${detail}` : ''}`;
      const time = `${Math.round(seconds())} s`;
      if (!alive) {
        if (seconds() > quietSeconds - 1) line(`  … ${label} ${text}, ${time}`);
        return;
      }
      // A terminal that has no size says 0.
      const room = Math.max(20, (out.columns || 80) - 26);
      const cut = text.length > room ? `${text.slice(0, room - 1)}…` : text;
      out.write(`\r\u001b[K  ${paint(36, frames[frame++ % frames.length] ?? '·')} ${label} ${cut} ${time}`);
    };
    ticks.push(tick);
    timer.refresh();

    const end = (/** @type {string} */ sign, /** @type {string} */ text) => {
      ticks.splice(ticks.indexOf(tick), 1);
      line(`  ${sign} ${label} ${text.padEnd(66)} ${paint(2, `${seconds().toFixed(1)}s`.padStart(6))}`);
    };
    return {
      detail: (text) => {
        detail = text;
      },
      done: (text) => end(paint(32, '✓'), text),
      fail: (text) => end(paint(31, '✗'), text),
      skip: (text) => end(paint(33, '–'), text),
    };
  };

  /** @type {Steps['during']} */
  const during = async (name, doing, work, said) => {
    const running = step(name, doing);
    try {
      const result = await work(running);
      running.done(said(result));
      return result;
    } catch (error) {
      // Somebody asked for the end of it, which is no failure.
      const called = error instanceof Error && error.name === 'AbortError';
      running[called ? 'skip' : 'fail'](`${doing}: ${called ? 'called off' : 'failed'}`);
      throw error;
    }
  };

  /** Prints a fault for people and gives the exit code. @param {unknown} error */
  const fault = (error) => {
    line();
    if (!(error instanceof StepError)) {
      line(error instanceof Error ? (error.stack ?? error.message) : String(error));
      return 1;
    }
    line(`  ${paint(31, error.message)}`);
    for (const fix of error.fix) line(`    ${fix}`);
    if (error.logFile) line(`    The whole output: ${error.logFile}`);
    line();
    return error.exitCode;
  };

  return { step, during, line, fault };
}
