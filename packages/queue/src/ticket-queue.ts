import { type Ticket, ticketId } from '@nexomatic/contracts/ticket';
import type { Logger } from '@nexomatic/logger';
import { Queue } from 'bullmq';
import type { Redis } from './connection.ts';

/** Where a ticket goes, and how long it must wait there. */
export interface TicketAddress {
  prefix: string;
  queueName: string;
  delayMs: number;
}

export interface TicketQueues {
  /** Adds tickets, one round trip per queue. A ticket that is already there changes nothing. */
  add(tickets: (TicketAddress & { ticket: Ticket })[]): Promise<void>;
  /** Takes back tickets that wait; one that a sink already holds stays, and its claim will say `gone`. */
  remove(tickets: (TicketAddress & { ticket: Ticket })[]): Promise<void>;
  close(): Promise<void>;
}

/**
 * The hub's side of all queues over one shared connection. A job carries its ticket and nothing else, and is removed the
 * moment it ends, whatever way: what happened is told by MySQL alone.
 */
export function openTicketQueues(connection: Redis, logger: Logger): TicketQueues {
  const queues = new Map<string, Queue>();

  function queueAt({ prefix, queueName }: TicketAddress): Queue {
    const key = `${prefix}:${queueName}`;
    let queue = queues.get(key);
    if (!queue) {
      queue = new Queue(queueName, {
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
    async add(tickets) {
      const perQueue = Map.groupBy(tickets, (entry) => queueAt(entry));
      await Promise.all(
        [...perQueue].map(([queue, entries]) =>
          queue.addBulk(
            entries.map(({ ticket, delayMs }) => ({
              name: 'event',
              data: ticket,
              opts: { jobId: ticketId(ticket), ...(delayMs > 0 ? { delay: delayMs } : {}) },
            })),
          ),
        ),
      );
    },
    async remove(tickets) {
      await Promise.all(tickets.map((entry) => queueAt(entry).remove(ticketId(entry.ticket))));
    },
    async close() {
      await Promise.all([...queues.values()].map((queue) => queue.close()));
      queues.clear();
    },
  };
}
