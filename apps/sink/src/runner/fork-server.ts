import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import type { Readable, Writable } from 'node:stream';
import type { Logger } from '@nexomatic/logger';
import * as z from 'zod';
import type { AttemptConnections, AttemptSockets } from './attempt-sockets.ts';
import type { PythonProgram } from './python-program.ts';
import { readMessages } from './runner-channel.ts';
import { teller } from './spawn-runner.ts';
import type { LaunchRequest, ProcessEnd, StartedProcess } from './started-process.ts';

/** A server that has not made a copy within this time is stuck; it is ended, and another is asked. */
const forkWithinMs = 30_000;
/** Likewise one that has not come up, for example because the import of its module does not come to an end. */
const readyWithinMs = 60_000;
/** Room for run ids in the environment that the system shows of a copy. */
const runIdWidth = 128;

const id = z.int();
/** What a server says; see runners/python/nexomatic_runner/fork_server.py. */
const serverMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('unfit'), why: z.string(), again: z.boolean() }),
  z.object({ type: z.literal('forked'), id, pid: z.int().positive() }),
  z.object({ type: z.literal('exited'), id, code: z.int().nullable(), signal: z.string().nullable() }),
  z.object({ type: z.literal('stale'), id, why: z.string() }),
  z.object({ type: z.literal('failed'), id, why: z.string() }),
]);
type ServerMessage = z.infer<typeof serverMessageSchema>;

/** Why a server can't make copies. */
export class Unfit extends Error {
  override name = 'Unfit';
  /** Whether another server for the same might soon. */
  readonly again: boolean;
  constructor(why: string, again: boolean) {
    super(why);
    this.again = again;
  }
}

/** No copy was made, and none that was will run anything. */
export interface NotForked {
  refused: 'stale' | 'failed' | 'ended';
  why: string;
}

interface Copy {
  told: PromiseWithResolvers<{ pid: number } | NotForked>;
  exited: PromiseWithResolvers<ProcessEnd>;
}

export interface ForkServerOptions {
  program: PythonProgram;
  /** The module that the server imports before it makes copies, if any. */
  module?: string;
  moduleRoots: string[];
  sockets: AttemptSockets;
  logger: Logger;
}

/** One fork server process. It ends when it is told to retire, and with the agent. */
export class ForkServer {
  /** Rejects with `Unfit` if it can't make copies. */
  readonly ready: Promise<void>;
  readonly pid: number | undefined;
  readonly #readiness = Promise.withResolvers<void>();
  readonly #options: ForkServerOptions;
  readonly #copies = new Map<number, Copy>();
  readonly #child: ChildProcess;
  readonly #tell: (message: object) => void;
  #lastId = 0;
  #isReady = false;
  #ended: string | undefined;

  constructor(options: ForkServerOptions) {
    const { program, module, moduleRoots } = options;
    this.#options = options;
    this.ready = this.#readiness.promise;
    const serve = { moduleRoots, ...(module === undefined ? {} : { module }) };
    this.#child = spawn(program.executable, [...program.args, JSON.stringify({ limits: program.limits, serve })], {
      cwd: '/',
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
      env: { ...program.environment, NX_RUN_ID: '-'.repeat(runIdWidth) },
    });
    this.pid = this.#child.pid;
    this.#tell = teller(this.#child.stdio[3] as Writable) as (message: object) => void;
    for (const stream of [this.#child.stdout, this.#child.stderr]) stream?.on('data', (text) => this.#complains(text));
    readMessages(this.#child.stdio[4] as Readable, serverMessageSchema, {
      onMessage: (message) => this.#take(message),
      onInvalid: (why) => this.#options.logger.warn({ why }, 'fork_server.misunderstood'),
    });
    this.#child.once('error', (error) => this.#over(error.message));
    const late = setTimeout(() => this.#child.kill('SIGKILL'), readyWithinMs).unref();
    this.ready.finally(() => clearTimeout(late)).catch(() => undefined);
    // `close`: what it has said before its end is read first.
    this.#child.once('close', (code, signal) => this.#over(`it ended with ${signal ?? `exit code ${code}`}`));
  }

  /** Whether it makes copies now. */
  get isReady(): boolean {
    return this.#isReady && this.#ended === undefined;
  }

  /** Makes a copy. Resolves when the copy has called; it runs nothing before it is told to. */
  async fork({ folder, runId }: LaunchRequest): Promise<StartedProcess | NotForked> {
    if (this.#ended !== undefined) return { refused: 'ended', why: this.#ended };
    const { sockets } = this.#options;
    this.#lastId += 1;
    const number = this.#lastId;
    const token = randomBytes(16).toString('hex');
    const copy: Copy = { told: Promise.withResolvers(), exited: Promise.withResolvers() };
    this.#copies.set(number, copy);
    const connected = sockets.expect(token);
    this.#tell({ type: 'fork', id: number, folder, runId, socket: sockets.path, token });
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), forkWithinMs);
    try {
      const told = await copy.told.promise;
      const here = 'pid' in told ? await Promise.race([connected, goneBefore(copy)]) : told;
      if ('pid' in told && 'messages' in here) return startedProcess(told.pid, here, copy);
      sockets.forget(token);
      return here as NotForked;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Makes no more copies, and ends when the last one has. */
  retire(): void {
    this.#tell({ type: 'retire' });
  }

  /** Ends it now, with all its copies. */
  end(): void {
    this.#child.stdio[3]?.destroy();
  }

  #take(message: ServerMessage): void {
    switch (message.type) {
      case 'ready':
        this.#isReady = true;
        this.#readiness.resolve();
        return;
      case 'unfit':
        this.#readiness.reject(new Unfit(message.why, message.again));
        return;
      case 'forked':
        this.#copies.get(message.id)?.told.resolve({ pid: message.pid });
        return;
      case 'stale':
      case 'failed':
        this.#copies.get(message.id)?.told.resolve({ refused: message.type, why: message.why });
        this.#copies.delete(message.id);
        return;
      case 'exited':
        this.#copies
          .get(message.id)
          ?.exited.resolve({ code: message.code, signal: message.signal as NodeJS.Signals | null });
        this.#copies.delete(message.id);
        return;
    }
  }

  #over(why: string): void {
    this.#ended ??= why;
    this.#readiness.reject(new Unfit(why, true));
    for (const copy of this.#copies.values()) {
      copy.told.resolve({ refused: 'ended', why });
      copy.exited.resolve({ lost: `the fork server that had started it is gone: ${why}` });
    }
    this.#copies.clear();
  }

  #complains(text: Buffer): void {
    const { module } = this.#options;
    this.#options.logger.warn({ module, text: text.toString().slice(0, 4_000) }, 'fork_server.complains');
  }
}

async function goneBefore(copy: Copy): Promise<NotForked> {
  const end = await copy.exited.promise;
  return { refused: 'failed', why: 'lost' in end ? end.lost : `the copy ended at once (${end.signal ?? end.code})` };
}

function startedProcess(pid: number, { messages, stdout, stderr }: AttemptConnections, copy: Copy): StartedProcess {
  return { pid, messages, stdout, stderr, exited: copy.exited.promise, tell: teller(messages) };
}
