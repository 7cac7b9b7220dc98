import type { Logger } from '@nexomatic/logger';
import { killTagged } from './kill-tagged.ts';

const sweepAfterMs = 5_000;

/**
 * A module may leave processes behind that outlive it quietly, in a session of their own and with its output closed.
 * Looking for them costs a walk over all processes of the machine, so one look serves all attempts of some seconds.
 */
export class SurvivorSweep {
  readonly #logger: Logger;
  #ended = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** An attempt has ended; nothing that it started may live on. */
  note(runId: string): void {
    this.#ended.add(runId);
    this.#timer ??= setTimeout(() => void this.runOnce(), sweepAfterMs).unref();
  }

  async runOnce(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const runIds = this.#ended;
    if (runIds.size === 0) return;
    this.#ended = new Set();
    const killed = await killTagged(runIds);
    if (killed.length > 0) this.#logger.warn({ pids: killed }, 'survivors.killed');
  }
}
