import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '@nexomatic/clock';
import { lastLines, type ProcessOptions, type RunningProcess, startProcess } from '../processes/start-process.ts';
import { StepError } from '../steps.mjs';

/** A server program that runs for one folder alone, on 127.0.0.1. */
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

interface ServerOptions extends ProcessOptions {
  port: number;
  url: string;
  /** Asks the server who it is; undefined while it is not ready. */
  probe(port: number): Promise<string | undefined>;
  stopWithinMs: number;
}

const readyWithinMs = 60_000;

/** Starts the program and waits until it answers. */
export async function startPrivateServer(options: ServerOptions): Promise<PrivateServer> {
  const server = startProcess(options);
  const version = await becomesReady(server, options);
  if (version === undefined) {
    const how = server.ended() ?? `${options.what} did not answer on port ${options.port} in ${readyWithinMs / 1000} s`;
    await server.stop(options.stopWithinMs);
    throw new StepError(`${how}.${lastLines(options.logFile)}`, {
      logFile: options.logFile,
      fix: [`Its data is in ${options.cwd}. Give the URL of a server of your own to do without it.`],
    });
  }
  return {
    url: options.url,
    version,
    port: options.port,
    pid: server.pid,
    exited: server.exited,
    async stop() {
      await server.stop(options.stopWithinMs);
    },
    kill: server.kill,
  };
}

async function becomesReady(server: RunningProcess, options: ServerOptions): Promise<string | undefined> {
  const until = systemClock.monotonic() + readyWithinMs;
  while (server.ended() === undefined && systemClock.monotonic() < until) {
    const version = await options.probe(options.port);
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
  at: { port: number; host?: string },
  hello: string,
  enough: (answer: Buffer) => boolean,
): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ port: at.port, host: at.host ?? '127.0.0.1', timeout: 1000 });
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
