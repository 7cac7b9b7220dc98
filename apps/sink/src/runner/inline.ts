import type { Assignment, LogLevel } from '@nexomatic/contracts/sink-protocol';
import { fromWire } from '@nexomatic/contracts/wire-bytes';
import type { AttemptLog } from '../logs/attempt-log.ts';
import { goodOutcome } from './process-outcome.ts';
import type { ModuleOutcome, ModuleRun, Runner } from './runner.ts';

type Fields = Record<string, unknown>;

/** What a TypeScript module gets: the same names as in Python. */
export interface InlineContext {
  readonly eventId: string;
  readonly eventType: string;
  readonly attempt: number;
  readonly rootId: string;
  readonly traceId: string;
  /** Parsed when first asked for. */
  readonly payload: unknown;
  readonly payloadBytes: Uint8Array;
  readonly params: Record<string, unknown>;
  /** Aborted when the module has to stop. */
  readonly signal: AbortSignal;
  log(level: LogLevel, message: string, fields?: Fields): void;
  warn(message: string, fields?: Fields): void;
}

/** Return = result (null when nothing is returned), throw = ERROR. */
export type InlineModule = (ctx: InlineContext) => unknown;

/**
 * Runs TypeScript functions inside the agent's own process: no isolation and next to no cost, for code that ships with
 * the agent. A function that is told to stop and goes on anyway can't be ended; its attempt is, and its result is dropped.
 */
export function createInlineRunner(modules: Record<string, InlineModule>): Runner {
  return {
    start(assignment, log) {
      const module = Object.hasOwn(modules, assignment.module) ? modules[assignment.module] : undefined;
      return module
        ? runInline(module, assignment, log)
        : { outcome: notFound(assignment, modules), end: () => undefined };
    },
  };
}

function runInline(module: InlineModule, assignment: Assignment, log: AttemptLog): ModuleRun {
  const context = new Context(assignment, log);
  const asked = Promise.withResolvers<ModuleOutcome>();
  return {
    outcome: Promise.race([call(module, context, log), asked.promise]),
    end() {
      context.stop();
      asked.resolve({ state: 'ERROR' });
    },
  };
}

async function call(module: InlineModule, context: Context, log: AttemptLog): Promise<ModuleOutcome> {
  let value: unknown;
  try {
    value = await module(context);
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    log.lastWord({ level: 'error', message: text });
    return { state: 'ERROR', reason: 'exception', message: error instanceof Error ? String(error) : text };
  }
  try {
    return goodOutcome(JSON.stringify(value), context.warning);
  } catch (error) {
    return {
      state: 'ERROR',
      reason: 'result_invalid',
      message: error instanceof Error ? error.message : String(error),
    };
  }
}

async function notFound(assignment: Assignment, modules: Record<string, InlineModule>): Promise<ModuleOutcome> {
  const known = Object.keys(modules).join(', ') || 'none';
  const message = `there is no module ${assignment.module} in this sink; it has: ${known}`;
  return { state: 'ERROR', reason: 'module_not_found', message };
}

class Context implements InlineContext {
  readonly #assignment: Assignment;
  readonly #log: AttemptLog;
  #payload: { value: unknown } | undefined;
  #controller: AbortController | undefined;
  #stopped = false;
  warning: string | undefined;

  constructor(assignment: Assignment, log: AttemptLog) {
    this.#assignment = assignment;
    this.#log = log;
  }

  get eventId(): string {
    return this.#assignment.eventId;
  }
  get eventType(): string {
    return this.#assignment.eventType;
  }
  get attempt(): number {
    return this.#assignment.attempt;
  }
  get rootId(): string {
    return this.#assignment.rootId;
  }
  get traceId(): string {
    return this.#assignment.traceId;
  }
  get payloadBytes(): Uint8Array {
    return fromWire(this.#assignment.payload);
  }
  get payload(): unknown {
    this.#payload ??= { value: JSON.parse(Buffer.from(this.payloadBytes).toString()) };
    return this.#payload.value;
  }
  get params(): Record<string, unknown> {
    return Object.fromEntries(this.#assignment.parameters.map(({ key, json }) => [key, JSON.parse(json)]));
  }
  /** Made when first asked for: most modules are over before anybody could stop them. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#stopped) this.#controller.abort();
    return this.#controller.signal;
  }

  log(level: LogLevel, message: string, fields?: Fields): void {
    this.#log.record({ level, message, ...(fields ? { fields } : {}) });
  }

  warn(message: string, fields?: Fields): void {
    this.warning ??= message;
    this.log('warn', message, fields);
  }

  stop(): void {
    this.#stopped = true;
    this.#controller?.abort();
  }
}
