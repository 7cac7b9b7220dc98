import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import type { AgentMessage } from '@nexomatic/contracts/runner-protocol';
import { type Isolation, noIsolation } from './isolation.ts';
import type { LaunchRequest, ProcessEnd, StartedProcess } from './started-process.ts';

/** Names that pass from the agent's environment into a module's; nothing else does. The last four are Windows' own. */
const passed = [
  'PATH',
  'LANG',
  'LC_ALL',
  'LC_CTYPE',
  'TZ',
  'SystemRoot',
  'ComSpec',
  'PATHEXT',
  'PSModulePath',
] as const;
export type PassedEnvironment = Partial<Record<(typeof passed)[number], string>>;

/** The part of an environment that modules may see. */
export function passedEnvironment(environment: Record<string, string | undefined>): PassedEnvironment {
  return Object.fromEntries(passed.flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])));
}

export interface SpawnOptions extends Omit<LaunchRequest, 'module'> {
  command: string;
  args: string[];
  environment: PassedEnvironment & { NX_CHANNEL?: string };
  /** None if left out. */
  isolation?: Isolation;
  /** Folders that it has to read, whatever is hidden from it. */
  readable?: readonly string[];
}

/**
 * Starts a runner in a session and process group of its own (so that one signal reaches all of it), in its working folder,
 * with an environment that holds next to nothing, and nothing to read on stdin.
 */
export function spawnRunner({ folder, runId, environment, ...program }: SpawnOptions): StartedProcess {
  const { isolation = noIsolation, readable = [] } = program;
  const { command, args } = isolation.wrap(program, { folder, readable });
  const child = spawn(command, args, {
    cwd: folder,
    // Detached is `setsid` on POSIX.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
    env: { ...environment, HOME: folder, TMPDIR: folder, NX_RUN_ID: runId },
  });
  return {
    pid: child.pid,
    stdout: child.stdio[1] as Readable,
    stderr: child.stdio[2] as Readable,
    messages: child.stdio[4] as Readable,
    exited: isolation.profile === 'none' ? exitOf(child) : exitOf(child).then(unwrapped),
    tell: teller(child.stdio[3] as Writable),
  };
}

/** Writes messages to a runner. One that is gone before it has read them shows by its exit. */
export function teller(toRunner: Writable): (message: AgentMessage) => void {
  toRunner.on('error', () => undefined);
  return (message) => {
    if (toRunner.writable) toRunner.write(`${JSON.stringify(message)}\n`);
  };
}

const signalNumbers = new Map(
  Object.entries(constants.signals).map(([name, number]) => [number, name as NodeJS.Signals]),
);

/** How the program inside ended, told by the exit code of what was around it. */
function unwrapped(end: Error | ProcessEnd): Error | ProcessEnd {
  if (end instanceof Error || 'lost' in end || end.code === null || end.code <= 128) return end;
  const signal = signalNumbers.get(end.code - 128);
  return signal ? { code: null, signal } : end;
}

function exitOf(child: ChildProcess): StartedProcess['exited'] {
  return new Promise((resolve) => {
    child.once('error', resolve);
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
}
