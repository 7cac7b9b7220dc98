import type { SinkClient } from '@nexomatic/client/sink-client';
import type { Logger } from '@nexomatic/logger';
import type { Runner } from './runner/runner.ts';

/** Looking costs a start of the interpreter, and a list that is some minutes old misleads nobody. */
const lookEveryMs = 5 * 60_000;

export interface ModuleTellerOptions {
  hub: Pick<SinkClient, 'tellModules'>;
  runner: Runner;
  logger: Logger;
}

/** Tells the hub which modules this sink has: at the start, and again when they have changed. */
export class ModuleTeller {
  readonly #options: ModuleTellerOptions;
  #told = '';
  #timer: NodeJS.Timeout | undefined;

  constructor(options: ModuleTellerOptions) {
    this.#options = options;
  }

  start(): void {
    void this.runOnce();
    this.#timer ??= setInterval(() => void this.runOnce(), lookEveryMs);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** A failure is told and no more: the next look tries again, and no event depends on it. */
  async runOnce(): Promise<void> {
    const { hub, runner, logger } = this.#options;
    try {
      const inventory = await runner.inventory?.();
      const text = JSON.stringify(inventory);
      if (!inventory || text === this.#told) return;
      await hub.tellModules(inventory);
      this.#told = text;
      logger.debug({ modules: inventory.modules.length }, 'modules.told');
    } catch (error) {
      logger.warn({ error: error instanceof Error ? error.message : String(error) }, 'modules.untold');
    }
  }
}
