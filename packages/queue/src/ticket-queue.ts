import { type Ticket, type TicketJob, ticketJobId } from '@nexomatic/contracts/ticket';
import type { Logger } from '@nexomatic/logger';
import { Queue } from 'bullmq';
import type { Redis } from './connection.ts';

/** Tickets that travel together: where they go, and how long they must wait there. */
export interface TicketBundle {
  prefix: string;
  queueName: string;
  delayMs: number;
  tickets: Ticket[];
}

export interface TicketQueues {
  /** Adds a job per bundle, one round trip per queue. A job that is already there changes nothing. */
  add(bundles: TicketBundle[]): Promise<void>;
  close(): Promise<void>;
}

/**
 * The hub's side of all queues over one shared connection. A job carries its tickets and nothing else, and is removed the
 * moment it ends, whatever way: what happened is told by MySQL alone.
 */
export function openTicketQueues(connection: Redis, logger: Logger): TicketQueues {
  const queues = new Map<string, Queue<TicketJob>>();

  function queueAt({ prefix, queueName }: TicketBundle): Queue<TicketJob> {
    const key = `${prefix}:${queueName}`;
    let queue = queues.get(key);
    if (!queue) {
      queue = new Queue<TicketJob>(queueName, {
        connection,
        prefix,
        skipVersionCheck: true,
        streams: { events: { maxLen: 100 } },
        defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
      });
      queue.on('error', (error) => logger.debug({ queue: key, error: error.message }, 'queue.failed'));
      queues.set(key, queue);
    }
    return queue;
  }

  return {
    async add(bundles) {
      const perQueue = Map.groupBy(bundles, queueAt);
      await Promise.all(
        [...perQueue].map(([queue, group]) =>
          queue.addBulk(
            group.map(({ tickets, delayMs }) => ({
              name: 'event',
              data: { tickets },
              opts: { jobId: ticketJobId(tickets), ...(delayMs > 0 ? { delay: delayMs } : {}) },
            })),
          ),
        ),
      );
    },
    async close() {
      await Promise.all([...queues.values()].map((queue) => queue.close()));
      queues.clear();
    },
  };
}
