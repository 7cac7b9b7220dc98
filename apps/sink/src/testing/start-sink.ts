import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { waitFor } from '@nexomatic/testkit/wait-for';

const program = fileURLToPath(new URL('../main.ts', import.meta.url));

/** One line of the sink's log. */
export interface LogLine {
  event: string;
  [field: string]: unknown;
}

/** `nexomatic-sink run` as a process of its own. */
export interface SinkProcess {
  child: ChildProcess;
  lines: LogLine[];
  /** What it said on stderr. */
  faults(): string;
  /** The first line of that name, now or later. */
  line(event: string, matches?: Partial<LogLine>): Promise<LogLine>;
  /** Exit code, or the signal that ended it. */
  ended(): Promise<number | NodeJS.Signals | null>;
}

/** Starts a sink with these settings and nothing else of this process's environment but PATH. */
export function startSink(settings: Record<string, string>): SinkProcess {
  const child = spawn(process.execPath, [program, 'run'], {
    env: { PATH: '/usr/bin:/bin', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: LogLine[] = [];
  let faults = '';
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(JSON.parse(line) as LogLine));
  child.stderr.on('data', (data: Buffer) => {
    faults += data.toString();
  });
  const exited = once(child, 'close');
  return {
    child,
    lines,
    faults: () => faults,
    line(event, matches = {}) {
      const fits = (line: LogLine): boolean =>
        line.event === event && Object.entries(matches).every(([name, value]) => line[name] === value);
      return waitFor(() => lines.find(fits), { what: `the sink to log ${event}` });
    },
    async ended() {
      const [code, signal] = (await exited) as [number | null, NodeJS.Signals | null];
      return code ?? signal;
    },
  };
}
