import type { Clock } from '@nexomatic/clock';
import type { RunnerMessage } from '@nexomatic/contracts/runner-protocol';
import type { AttemptLog } from '../logs/attempt-log.ts';

/** Steps of progress nearer together than this are not worth a line each. */
const progressEveryMs = 200;

type FinalMessage = Extract<RunnerMessage, { type: 'result' | 'error' }>;

/** What a module has said so far: goes to the log, and what decides the outcome is kept. */
export class ModuleReport {
  readonly #log: AttemptLog;
  readonly #clock: Clock;
  #progressAt = Number.NEGATIVE_INFINITY;
  /** The text of the first warning. */
  warning: string | undefined;
  /** The first `result` or `error` line; later ones are not ours. */
  final: FinalMessage | undefined;

  constructor(log: AttemptLog, clock: Clock) {
    this.#log = log;
    this.#clock = clock;
  }

  take(message: RunnerMessage): void {
    switch (message.type) {
      case 'log':
        this.#log.record({ level: message.level, message: message.message, ...fieldsOf(message) });
        return;
      case 'warn':
        this.warning ??= message.message;
        this.#log.record({ level: 'warn', message: message.message, ...fieldsOf(message) });
        return;
      case 'progress':
        this.#progress(message.fraction, message.text);
        return;
      case 'result':
      case 'error':
        this.final ??= message;
        return;
    }
  }

  #progress(asked: number, text: string | undefined): void {
    const fraction = Math.round(Math.min(Math.max(asked, 0), 1) * 10_000) / 10_000;
    const now = this.#clock.monotonic();
    if (fraction < 1 && now - this.#progressAt < progressEveryMs) return;
    this.#progressAt = now;
    const message = text ?? `${Math.round(fraction * 100)} %`;
    this.#log.record({ level: 'info', message, fields: { progress: fraction } });
  }
}

function fieldsOf(message: { fields?: Record<string, unknown> | undefined }): { fields?: Record<string, unknown> } {
  return message.fields ? { fields: message.fields } : {};
}
