import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '@nexomatic/clock';
import type { HelloAnswer } from '@nexomatic/contracts/sink-protocol';
import type { Logger } from '@nexomatic/logger';
import { startTicketWorker, type TicketWorker } from '@nexomatic/queue/worker';
import type { Intake, Transport } from './transport.ts';

const askEveryMs = 2_000;

export interface DirectOptions {
  redis: { url: string; username: string; password: string };
  queues: HelloAnswer['queues'];
  concurrency: number;
  logger: Logger;
  clock: Clock;
  /** Redis turns this sink away: asks the hub to be let in again. */
  onDenied(): Promise<void>;
}

/** Takes tickets off Redis itself: for sinks in the hub's own network. */
export function createDirectTransport(options: DirectOptions, { slots, onTicket }: Intake): Transport {
  const { concurrency, logger, clock } = options;
  const { url: redisUrl, ...credentials } = options.redis;
  let workers: TicketWorker[] = [];
  let asking = false;

  /** Its password stays the same while its credential does, so the connections that go on trying are let in then. */
  async function askAgain(): Promise<void> {
    if (asking) return;
    asking = true;
    await options.onDenied().catch((error: Error) => logger.debug({ error: error.message }, 'redis.denied'));
    await sleep(askEveryMs, undefined, { ref: false });
    asking = false;
  }

  return {
    start() {
      workers = options.queues.map(({ prefix, name: queueName }) =>
        startTicketWorker({
          ...{ redisUrl, credentials, prefix, queueName, concurrency, logger, clock },
          onDenied: () => void askAgain(),
          async onTicket(ticket) {
            // Each queue may hand out as many as there are slots; whoever comes later waits here, before its claim.
            await slots.take();
            try {
              await onTicket(ticket);
            } finally {
              slots.release();
            }
          },
        }),
      );
    },
    async pause() {
      await Promise.all(workers.map((worker) => worker.pause()));
    },
    resume() {
      for (const worker of workers) void worker.resume();
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.close()));
    },
  };
}
