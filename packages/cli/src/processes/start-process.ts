import { spawn } from 'node:child_process';
import { appendFileSync, closeSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { rememberedProcess, rememberProcess } from './process-identity.ts';
import { signalGroup, stopGroup } from './stop-process.ts';

export interface ProcessOptions {
  /** Its name in messages, e.g. `MariaDB`. */
  what: string;
  file: string;
  args: string[];
  /** The name that the program is told to have, where its file has several duties. */
  argv0?: string;
  cwd: string;
  env?: NodeJS.ProcessEnv;
  /** Takes stdout and stderr, at its end. */
  logFile: string;
  pidFile: string;
  /** Changes each line of its output before it is written down, for a program that prints what no log should hold. */
  mask?: (line: string) => string;
}

export interface RunningProcess {
  readonly pid: number;
  /** Settles with a sentence when it ends, asked or not. */
  readonly exited: Promise<string>;
  /** The same sentence once it has ended. */
  ended(): string | undefined;
  stop(graceMs: number): Promise<'ended' | 'killed'>;
  kill(): Promise<void>;
}

/**
 * Starts a program in a process group of its own: a terminal's Ctrl-C does not reach it, and stopping it takes its
 * children along. Its pid file lets a later run find it if this one is cut off.
 */
export function startProcess(options: ProcessOptions): RunningProcess {
  const { what, file, args, argv0, cwd, env, logFile, pidFile, mask } = options;
  const log = openSync(logFile, 'a', 0o600);
  const output = mask ? 'pipe' : log;
  const child = spawn(file, args, { argv0, cwd, env, detached: true, stdio: ['ignore', output, output] });
  for (const stream of [child.stdout, child.stderr]) if (mask && stream) void writeMasked(stream, logFile, mask);
  closeSync(log);
  let ended: string | undefined;
  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(`${what} could not be started: ${error.message}`));
    child.once('exit', (code, signal) =>
      resolve(`${what} ended ${signal ? `by ${signal}` : `with exit code ${code}`}`),
    );
  }).then((how) => {
    ended = how;
    return how;
  });
  const pid = child.pid ?? 0;
  if (pid > 0) rememberProcess(pidFile, pid);

  return {
    pid,
    exited,
    ended: () => ended,
    async stop(graceMs) {
      // Its children may outlive it, so the group is ended even when the process itself has gone.
      const how = pid > 0 ? await stopGroup(pid, graceMs) : 'ended';
      rmSync(pidFile, { force: true });
      return how;
    },
    async kill() {
      if (pid > 0) signalGroup(pid, 'SIGKILL');
      await exited;
    },
  };
}

async function writeMasked(output: Readable, logFile: string, mask: (line: string) => string): Promise<void> {
  for await (const line of createInterface({ input: output })) appendFileSync(logFile, `${mask(line)}\n`);
}

/** Ends what an earlier run that was cut off has left running; false when there is nothing. */
export async function stopLeftover(pidFile: string, graceMs: number): Promise<boolean> {
  const pid = rememberedProcess(pidFile);
  if (pid !== undefined) await stopGroup(pid, graceMs);
  rmSync(pidFile, { force: true });
  return pid !== undefined;
}

/** The end of a log as an indented block, for a fault's text. */
export function lastLines(logFile: string, count = 12): string {
  try {
    const lines = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-count);
    return `\n\n${lines.map((line) => `    | ${line}`).join('\n')}\n`;
  } catch {
    return ''; // it never wrote one
  }
}
