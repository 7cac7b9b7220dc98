import type { SinkClient } from '@nexomatic/client/sink-client';
import type { Heartbeat, HeartbeatAnswer } from '@nexomatic/contracts/sink-protocol';
import type { Logger } from '@nexomatic/logger';

const beatEveryMs = 5_000;

export interface HeartbeatOptions {
  hub: Pick<SinkClient, 'heartbeat'>;
  logger: Logger;
  /** What this sink has to say of itself. */
  state(): Heartbeat;
  onAnswer(answer: HeartbeatAnswer): void;
  /** Told when a beat fails; the next is sent all the same. */
  onFailure(error: unknown): void;
}

/** Tells the hub every 5 s that this sink is there. */
export class HeartbeatLoop {
  readonly #options: HeartbeatOptions;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: HeartbeatOptions) {
    this.#options = options;
  }

  /** The first at once: a sink is there from its first word on. */
  start(): void {
    void this.runOnce();
    this.#timer ??= setInterval(() => void this.runOnce(), beatEveryMs);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  async runOnce(): Promise<void> {
    const { hub, logger, state, onAnswer, onFailure } = this.#options;
    try {
      onAnswer(await hub.heartbeat(state()));
    } catch (error) {
      logger.debug({ error: error instanceof Error ? error.message : String(error) }, 'heartbeat.failed');
      onFailure(error);
    }
  }
}
