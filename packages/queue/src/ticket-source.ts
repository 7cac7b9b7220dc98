import { randomUUID } from 'node:crypto';
import { type Ticket, ticketJobSchema } from '@nexomatic/contracts/ticket';
import type { Logger } from '@nexomatic/logger';
import { type Job, Worker } from 'bullmq';
import type { Redis } from './connection.ts';
import { blockSeconds } from './worker.ts';

/** Long enough for a claim; if the holder dies before it, the tickets go back to their queue after lock + check: 20 s. */
const lockMs = 15_000;
const stalledCheckMs = 5_000;
/** Jobs fetched at once. */
const mostFetches = 50;

/** Tickets that came as one job, and are this holder's until it settles them. */
export interface HeldTickets {
  readonly tickets: Ticket[];
  /** `rest` are those that were not used: they go back to the front of the queue. Never rejects. */
  settle(rest: Ticket[]): Promise<void>;
}

/** One queue, from which somebody takes tickets by hand for others. */
export interface TicketSource {
  /** Tickets that are there now: about `most`, more only where the last job carries more. */
  fetch(most: number): Promise<HeldTickets[]>;
  /** Waits a few seconds for a job. One caller at a time. */
  wait(): Promise<HeldTickets | null>;
  close(): Promise<void>;
}

export interface TicketSourceOptions {
  /** A blocking connection, which sources may share; each makes one more of its own to wait on. */
  connection: Redis;
  prefix: string;
  queueName: string;
  logger: Logger;
}

/** Opens a queue to take from by hand. */
export function openTicketSource({ connection, prefix, queueName, logger }: TicketSourceOptions): TicketSource {
  const worker = new Worker<unknown>(queueName, null, {
    connection,
    prefix,
    autorun: false,
    lockDuration: lockMs,
    stalledInterval: stalledCheckMs,
    drainDelay: blockSeconds,
    // How often an event may be lost is counted in MySQL; a ticket itself never wears out.
    maxStalledCount: Number.MAX_SAFE_INTEGER,
    skipVersionCheck: true,
  });
  worker.on('error', (error) => logger.debug({ queue: queueName, error: error.message }, 'queue.failed'));
  worker.startStalledCheckTimer().catch((error: Error) => {
    logger.debug({ queue: queueName, error: error.message }, 'queue.failed');
  });
  /** Tickets of the latest job: the next one is likely to be its like. */
  let usual = 1;

  async function next(block: boolean): Promise<HeldTickets | null> {
    const token = randomUUID();
    const job = await worker.getNextJob(token, { block });
    if (!job) return null;
    const parsed = ticketJobSchema.safeParse(job.data);
    if (!parsed.success) {
      logger.error({ queue: queueName, jobId: job.id, data: job.data }, 'ticket.malformed');
      await settle(job, token, []);
      return null;
    }
    const { tickets } = parsed.data;
    usual = tickets.length;
    return { tickets, settle: (rest) => settle(job, token, rest.length === tickets.length ? 'all' : rest) };
  }

  /** What can't be settled stays locked for some seconds and is then handed out again, where its claim finds it gone. */
  async function settle(job: Job<unknown>, token: string, rest: Ticket[] | 'all'): Promise<void> {
    try {
      if (rest.length === 0) {
        await job.moveToCompleted(null, token, false);
        return;
      }
      if (rest !== 'all') await job.updateData({ tickets: rest });
      await job.moveToWait(token);
    } catch (error) {
      logger.debug({ queue: queueName, jobId: job.id, error: String(error) }, 'ticket.not_settled');
    }
  }

  return {
    async fetch(most) {
      const held: HeldTickets[] = [];
      let wanted = most;
      // One alone finds out whether there is anything at all.
      let fetches = 1;
      while (wanted > 0) {
        const round = await Promise.all(Array.from({ length: fetches }, () => next(false)));
        const found = round.filter((one) => one !== null);
        held.push(...found);
        for (const { tickets } of found) wanted -= tickets.length;
        if (found.length < fetches) break;
        fetches = Math.min(mostFetches, Math.ceil(wanted / usual));
      }
      return held;
    },
    wait: () => next(true),
    close: () => worker.close(true),
  };
}
