import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '@nexomatic/clock';
import { commandLine, isAlive } from '../processes/process-identity.ts';
import { signalGroup, stopGroup } from '../processes/stop-process.ts';
import { StepError } from '../steps.mjs';

/** A server program that runs for this folder alone, on 127.0.0.1. */
export interface PrivateServer {
  /** Address with user and password, as `DATABASE_URL` / `REDIS_URL` take it. */
  readonly url: string;
  /** Product and version, e.g. `MariaDB 10.11.19`. */
  readonly version: string;
  readonly port: number;
  readonly pid: number;
  /** Settles with a sentence when the server ends, asked or not. */
  readonly exited: Promise<string>;
  /** A clean stop: what it holds is on disk afterwards. */
  stop(): Promise<void>;
  /** Ends it like a power cut. */
  kill(): Promise<void>;
}

interface ServerProgram {
  what: string;
  program: string;
  args: string[];
  /** The name that the program is told to have, where its file has several duties. */
  argv0?: string;
  /** Absolute; part of the program's command line, which is how a leftover of an earlier run is known. */
  directory: string;
  pidFile: string;
  logFile: string;
  port: number;
  url: string;
  /** Asks the server who it is; undefined while it is not ready. */
  probe(port: number): Promise<string | undefined>;
  readyWithinMs: number;
  stopWithinMs: number;
}

/** Starts the program in its own process group (a terminal's Ctrl-C does not reach it) and waits until it answers. */
export async function startPrivateServer(server: ServerProgram): Promise<PrivateServer> {
  const { what, logFile, pidFile, port, stopWithinMs } = server;
  const log = openSync(logFile, 'a', 0o600);
  const child = spawn(server.program, server.args, {
    argv0: server.argv0,
    cwd: server.directory,
    detached: true,
    stdio: ['ignore', log, log],
  });
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
  if (pid > 0) writeFileSync(pidFile, String(pid), { mode: 0o600 });

  const version = await becomesReady(server, () => ended);
  if (version === undefined) {
    if (pid > 0 && ended === undefined) await stopGroup(pid, stopWithinMs);
    const how = ended ?? `${what} did not answer on port ${port} within ${server.readyWithinMs / 1000} s`;
    throw new StepError(`${how}.${lastLines(logFile)}`, {
      logFile,
      fix: [`Its data is in ${server.directory}. Set the URL of a server of your own to do without it.`],
    });
  }

  return {
    url: server.url,
    version,
    port,
    pid,
    exited,
    async stop() {
      if (ended === undefined) await stopGroup(pid, stopWithinMs);
      rmSync(pidFile, { force: true });
    },
    async kill() {
      if (ended === undefined) signalGroup(pid, 'SIGKILL');
      await exited;
    },
  };
}

/**
 * A run that was cut off leaves its server behind, which still holds the data folder. It is ours if its command line
 * names that folder; then it is stopped cleanly before the next one starts.
 */
export async function stopLeftover(pidFile: string, directory: string, stopWithinMs: number): Promise<boolean> {
  const pid = readPid(pidFile);
  if (pid === undefined || !isAlive(pid) || !commandLine(pid).includes(directory)) return false;
  await stopGroup(pid, stopWithinMs);
  return true;
}

function readPid(pidFile: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10);
    return pid > 1 ? pid : undefined;
  } catch {
    return undefined; // no earlier run, or it stopped cleanly
  }
}

async function becomesReady(server: ServerProgram, ended: () => string | undefined): Promise<string | undefined> {
  const until = systemClock.monotonic() + server.readyWithinMs;
  while (ended() === undefined && systemClock.monotonic() < until) {
    const version = await server.probe(server.port);
    if (version !== undefined) return version;
    await pause(20);
  }
  return undefined;
}

/**
 * Opens a connection, sends `hello` and gives what comes back once `enough` says so; undefined when nobody answers
 * or the answer takes more than a second.
 */
export function askServer(
  port: number,
  hello: string,
  enough: (answer: Buffer) => boolean,
): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: 1000 });
    let answer = Buffer.alloc(0);
    const end = (result?: Buffer) => {
      socket.destroy();
      resolve(result);
    };
    socket.on('connect', () => socket.write(hello));
    socket.on('data', (chunk) => {
      answer = Buffer.concat([answer, chunk]);
      if (enough(answer)) end(answer);
    });
    socket.on('error', () => end());
    socket.on('timeout', () => end());
    socket.on('close', () => end());
  });
}

/** The server's own random password, made on the first start and kept in a file that only its owner reads. */
export function keptPassword(file: string): string {
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
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
