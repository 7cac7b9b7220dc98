import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import type { RunnerStart } from '@nexomatic/contracts/runner-protocol';

/** Names that pass from the agent's environment into a module's; nothing else does. */
const passed = ['PATH', 'LANG', 'LC_ALL', 'LC_CTYPE', 'TZ'] as const;
export type PassedEnvironment = Partial<Record<(typeof passed)[number], string>>;

/** The part of an environment that modules may see. */
export function passedEnvironment(environment: Record<string, string | undefined>): PassedEnvironment {
  return Object.fromEntries(passed.flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])));
}

export interface SpawnOptions {
  command: string;
  args: string[];
  folder: string;
  runId: string;
  environment: PassedEnvironment;
}

/** A runner process with its pipes. */
export interface SpawnedRunner {
  /** Undefined if the process could not be started. */
  pid: number | undefined;
  stdout: Readable;
  stderr: Readable;
  /** The runner's messages. */
  messages: Readable;
  /** Settles when the process has ended; an `Error` says that it never started. */
  exited: Promise<Error | { code: number | null; signal: NodeJS.Signals | null }>;
  start(start: RunnerStart): void;
}

/**
 * Starts a runner in a session and process group of its own (so that one signal reaches all of it), in its working folder,
 * with an environment that holds next to nothing, and nothing to read on stdin.
 */
export function spawnRunner({ command, args, folder, runId, environment }: SpawnOptions): SpawnedRunner {
  const child = spawn(command, args, {
    cwd: folder,
    // Detached is `setsid` on POSIX.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
    env: { ...environment, HOME: folder, TMPDIR: folder, NX_RUN_ID: runId },
  });
  const toRunner = child.stdio[3] as Writable;
  // A runner that is gone before it has read its start line shows by its exit.
  toRunner.on('error', () => undefined);
  return {
    pid: child.pid,
    stdout: child.stdio[1] as Readable,
    stderr: child.stdio[2] as Readable,
    messages: child.stdio[4] as Readable,
    exited: exitOf(child),
    start: (start) => {
      toRunner.write(`${JSON.stringify(start)}\n`);
    },
  };
}

function exitOf(child: ChildProcess): SpawnedRunner['exited'] {
  return new Promise((resolve) => {
    child.once('error', resolve);
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
}
