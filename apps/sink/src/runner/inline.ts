import type { SinkContext, SinkDefinition, SinkFunction } from '@nexomatic/client/define-sink';
import type { LogLevel } from '@nexomatic/contracts/sink-protocol';
import { fromWire } from '@nexomatic/contracts/wire-bytes';
import type { AttemptLog } from '../logs/attempt-log.ts';
import { goodOutcome } from './process-outcome.ts';
import type { ModuleAssignment, ModuleOutcome, ModuleRun, Runner } from './runner.ts';

type Fields = Record<string, unknown>;

/**
 * Runs TypeScript functions inside the agent's own process: no isolation and next to no cost, for code that ships with
 * the agent. A function that is told to stop and goes on anyway can't be ended; its attempt is, and its result is dropped.
 */
export function createInlineRunner(modules: Record<string, SinkFunction>): Runner {
  return {
    start(assignment, log) {
      const module = Object.hasOwn(modules, assignment.module) ? modules[assignment.module] : undefined;
      return module
        ? runInline(module, assignment, log)
        : { outcome: notFound(assignment, modules), end: () => undefined };
    },
  };
}

/** Runs a sink that was defined in TypeScript: one function for whatever its events' actions name. */
export function createDefinedRunner({ run }: SinkDefinition): Runner {
  return { start: (assignment, log) => runInline(run, assignment, log) };
}

function runInline(module: SinkFunction, assignment: ModuleAssignment, log: AttemptLog): ModuleRun {
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

async function call(module: SinkFunction, context: Context, log: AttemptLog): Promise<ModuleOutcome> {
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

async function notFound(assignment: ModuleAssignment, modules: Record<string, SinkFunction>): Promise<ModuleOutcome> {
  const known = Object.keys(modules).join(', ') || 'none';
  const message = `there is no module ${assignment.module} in this sink; it has: ${known}`;
  return { state: 'ERROR', reason: 'module_not_found', message };
}

class Context implements SinkContext {
  readonly #assignment: ModuleAssignment;
  readonly #log: AttemptLog;
  #payload: { value: unknown } | undefined;
  #controller: AbortController | undefined;
  #stopped = false;
  warning: string | undefined;

  constructor(assignment: ModuleAssignment, log: AttemptLog) {
    this.#assignment = assignment;
    this.#log = log;
  }

  get eventId(): string {
    return this.#assignment.eventId;
  }
  get eventType(): string {
    return this.#assignment.eventType;
  }
  get module(): string {
    return this.#assignment.module;
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
  get contentType(): string {
    return this.#assignment.contentType;
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
  get cancelled(): boolean {
    return this.#stopped;
  }
  /** Made when first asked for: most modules are over before anybody could stop them. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#stopped) this.#controller.abort();
    return this.#controller.signal;
  }
  get log(): SinkContext['log'] {
    return {
      debug: (message, fields) => this.#record('debug', message, fields),
      info: (message, fields) => this.#record('info', message, fields),
      warning: (message, fields) => this.#record('warn', message, fields),
      error: (message, fields) => this.#record('error', message, fields),
    };
  }

  warn(message: string, fields?: Fields): void {
    this.warning ??= message;
    this.#record('warn', message, fields);
  }

  progress(asked: number, text?: string): void {
    if (Number.isNaN(asked)) throw new TypeError('progress is not a number');
    const progress = Math.min(Math.max(asked, 0), 1);
    this.#record('info', text ?? `${Math.round(progress * 100)} %`, { progress });
  }

  secret(key: string): string {
    const { secrets = {} } = this.#assignment;
    const value = Object.hasOwn(secrets, key) ? secrets[key] : undefined;
    if (value !== undefined) return value;
    throw new Error(`this event has no secret ${key}; its event type or action must name it as a parameter`);
  }

  stop(): void {
    this.#stopped = true;
    this.#controller?.abort();
  }

  #record(level: LogLevel, message: string, fields: Fields | undefined): void {
    this.#log.record({ level, message, ...(fields ? { fields } : {}) });
  }
}
