import { existsSync, readFileSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { HubError } from '@nexomatic/client/hub-error';
import { retryWaitMs } from '@nexomatic/client/keep-trying';
import type { SinkClient } from '@nexomatic/client/sink-client';
import { type Acknowledgement, acknowledgement } from '@nexomatic/contracts/signal-api';
import type { Logger } from '@nexomatic/logger';
import * as z from 'zod';
import { writePrivateFile } from '../identity/private-file.ts';

/** Acknowledgements in one call. */
const maxBatch = 200;

export interface AcknowledgementsOptions {
  hub: Pick<SinkClient, 'acknowledge'>;
  /** Holds what the hub could not be told before the agent ended. */
  file: string;
  logger: Logger;
  /** Told of every try that failed. */
  onFailure(error: unknown): void;
}

/**
 * Tells the hub what becomes of its signals, in order, until it has heard. What it could not hear before the agent ended waits
 * in a file for the next agent: a kill that was done is not to end that one as well.
 */
export class Acknowledgements {
  readonly #options: AcknowledgementsOptions;
  readonly #ending = new AbortController();
  #waiting: Acknowledgement[];
  #sending: Promise<void> | undefined;

  constructor(options: AcknowledgementsOptions) {
    this.#options = options;
    this.#waiting = readLeft(options.file, options.logger);
    this.#send();
  }

  /** What an earlier agent did, and the hub may not have heard of. */
  get done(): ReadonlySet<string> {
    return new Set(this.#waiting.filter(({ state }) => state === 'done').map(({ id }) => id));
  }

  say(said: Acknowledgement): void {
    this.#waiting.push(said);
    this.#send();
  }

  /** Goes on trying for so long, and leaves the rest to the next agent. */
  async close(withinMs: number): Promise<void> {
    await Promise.race([this.#sending, sleep(withinMs, undefined, { ref: false })]);
    this.#ending.abort();
    await this.#sending;
    const done = this.#waiting.filter(({ state }) => state === 'done');
    if (done.length > 0) writePrivateFile(this.#options.file, JSON.stringify(done));
    else rmSync(this.#options.file, { force: true });
  }

  #send(): void {
    if (this.#waiting.length === 0 || this.#ending.signal.aborted) return;
    this.#sending ??= this.#sendAll().finally(() => {
      this.#sending = undefined;
      this.#send();
    });
  }

  async #sendAll(): Promise<void> {
    const { hub, logger, onFailure } = this.#options;
    let failures = 0;
    while (this.#waiting.length > 0 && !this.#ending.signal.aborted) {
      const batch = this.#waiting.slice(0, maxBatch);
      try {
        await hub.acknowledge(batch);
        this.#waiting = this.#waiting.slice(batch.length);
        failures = 0;
      } catch (error) {
        onFailure(error);
        const { kind, message } = error instanceof HubError ? error : { kind: 'rejected', message: String(error) };
        logger.debug({ error: message }, 'acknowledge.failed');
        if (kind === 'rejected') this.#waiting = this.#waiting.slice(batch.length);
        failures += 1;
        // An agent that has ended everything else waits for this alone.
        await sleep(retryWaitMs(failures), undefined, { signal: this.#ending.signal }).catch(() => undefined);
      }
    }
  }
}

function readLeft(file: string, logger: Logger): Acknowledgement[] {
  if (!existsSync(file)) return [];
  try {
    return z.array(acknowledgement).parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    logger.warn({ file, error: String(error) }, 'acknowledgements.unreadable');
    return [];
  }
}
