import type { SinkClient } from '@nexomatic/client/sink-client';
import type { Logger } from '@nexomatic/logger';

const beatEveryMs = 5_000;

export interface HeartbeatOptions {
  hub: Pick<SinkClient, 'heartbeat'>;
  logger: Logger;
  slotsBusy(): number;
  isStopping(): boolean;
  /** Told when a beat fails; the next is sent all the same. */
  onFailure(error: unknown): void;
}

/** Tells the hub every 5 s that this sink is there. */
export class Heartbeat {
  readonly #options: HeartbeatOptions;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: HeartbeatOptions) {
    this.#options = options;
  }

  start(): void {
    this.#timer ??= setInterval(() => void this.runOnce(), beatEveryMs);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  async runOnce(): Promise<void> {
    const { hub, logger, slotsBusy, isStopping, onFailure } = this.#options;
    try {
      await hub.heartbeat({ slotsBusy: slotsBusy(), stopping: isStopping() });
    } catch (error) {
      logger.debug({ error: error instanceof Error ? error.message : String(error) }, 'heartbeat.failed');
      onFailure(error);
    }
  }
}
