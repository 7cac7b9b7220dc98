import { type ChildProcess, spawn } from 'node:child_process';
import type { Logger } from '@nexomatic/logger';

/**
 * Ends the processes of attempts whose lease is about to run out while the agent itself can't: it is frozen (SIGSTOP, a
 * paused machine) or was killed. It is a process of its own, started when the first attempt needs it. Only Linux shows
 * the environments by which it knows an attempt's processes; elsewhere there is none.
 */
export interface Watchdog {
  /** Processes whose `NX_RUN_ID` begins with this are ended in that many milliseconds, unless it is said anew or released. */
  hold(tag: string, forMs: number): void;
  release(tag: string): void;
  /** Ends the watchdog; what it still holds is ended with it. */
  close(): void;
}

/** Starts nothing yet. */
export function createWatchdog(logger: Logger): Watchdog {
  let child: ChildProcess | undefined;

  function tell(line: string): void {
    if (process.platform !== 'linux') return;
    child ??= start();
    child.stdin?.write(`${line}\n`);
  }

  function start(): ChildProcess {
    // A session of its own: what is sent to the agent's group does not reach it.
    const started = spawn(process.execPath, ['--max-semi-space-size=1', '--eval', `(${watch.toString()})()`], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
      env: {},
      cwd: '/',
    });
    started.unref();
    started.stdin?.on('error', () => undefined);
    // Pipes keep a process alive by themselves.
    if (started.stdin && 'unref' in started.stdin && typeof started.stdin.unref === 'function') started.stdin.unref();
    started.on('error', (error) => logger.warn({ error: error.message }, 'watchdog.failed'));
    started.on('exit', (code, signal) => {
      if (child === started) logger.warn({ code, signal }, 'watchdog.ended');
      if (child === started) child = undefined;
    });
    return started;
  }

  return {
    hold: (tag, forMs) => tell(`${tag} ${Math.max(0, Math.round(forMs))}`),
    release: (tag) => tell(tag),
    close() {
      const last = child;
      child = undefined;
      last?.stdin?.end();
    },
  };
}

/** The watchdog's own program. It is passed on as text, so it uses nothing from outside of itself. */
function watch(): void {
  const fs = process.getBuiltinModule('node:fs');
  const timers = new Map<string, NodeJS.Timeout>();
  let rest = '';

  process.stdin.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const [tag = '', ms] = line.split(' ');
      clearTimeout(timers.get(tag));
      timers.delete(tag);
      if (ms !== undefined)
        timers.set(
          tag,
          setTimeout(() => endProcesses([tag]), Number(ms)),
        );
    }
  });
  process.stdin.on('end', () => {
    endProcesses([...timers.keys()]);
    process.exit(0);
  });

  /** Looks again until none is left: a process may start another while it is being looked for. */
  function endProcesses(tags: string[]): void {
    for (let round = 0; round < 5 && tags.length > 0; round += 1) {
      let found = 0;
      for (const pid of fs.readdirSync('/proc')) {
        if (!/^\d+$/.test(pid) || !carries(pid, tags)) continue;
        try {
          process.kill(Number(pid), 'SIGKILL');
          found += 1;
        } catch {
          // It ended between look and kill.
        }
      }
      if (found === 0) return;
    }
  }

  function carries(pid: string, tags: string[]): boolean {
    try {
      const entries = fs.readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0');
      const id = entries.find((entry) => entry.startsWith('NX_RUN_ID='))?.slice('NX_RUN_ID='.length);
      return id !== undefined && tags.some((tag) => id.startsWith(tag));
    } catch {
      // It is gone, or belongs to another user.
      return false;
    }
  }
}
