import { type Clock, systemClock } from '@nexomatic/clock';
import { type Ticket, ticketJobSchema } from '@nexomatic/contracts/ticket';
import type { Logger } from '@nexomatic/logger';
import { DelayedError, type Job, WaitingError, Worker } from 'bullmq';
import { type Credentials, connectRedis } from './connection.ts';
import { isDenial } from './loaded-scripts-only.ts';

/**
 * A ticket whose sink dies before it claims the event goes back to its queue after at most lock + check: 20 s. Once an
 * event is claimed its ticket means nothing any more: a second holder's claim is answered with `gone`.
 */
const lockMs = 15_000;
const stalledCheckMs = 5_000;
/** Well below what a connection may be silent for. */
export const blockSeconds = 3;
/** A ticket on which this agent itself failed waits this long, so that a fault does not go round in circles. */
const faultDelayMs = 5_000;

/** Thrown by `onTicket` when the ticket was not used: it goes back to the front of its queue, for any other sink. */
export class TicketReturned extends Error {
  override name = 'TicketReturned';
}

export interface TicketWorkerOptions {
  redisUrl: string;
  /** Without them the URL says who this is, and it may do everything. */
  credentials?: Credentials;
  /** Told when Redis turns this worker away: its user is gone, or has other rights. It goes on trying. */
  onDenied?(): void;
  prefix: string;
  queueName: string;
  /** Tickets held at once. */
  concurrency: number;
  /** Settles when the ticket is used up; until then it counts against `concurrency`. */
  onTicket(ticket: Ticket): Promise<void>;
  logger: Logger;
  clock?: Clock;
}

/** A worker at work. */
export interface TicketWorker {
  /** Takes no more tickets; those held go on. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  isTaking(): boolean;
  /** Takes no more tickets, waits for those held, and closes the connections. */
  close(): Promise<void>;
}

/** Takes tickets from one queue. What comes of an event is told to the hub, never to Redis. */
export function startTicketWorker(options: TicketWorkerOptions): TicketWorker {
  const { redisUrl, prefix, queueName, concurrency, onTicket, clock = systemClock } = options;
  const logger = options.logger.child({ queue: queueName });
  const connection = connectRedis(redisUrl, {
    ...{ role: 'sink', logger, blocking: true },
    ...(options.credentials ? { credentials: options.credentials } : {}),
  });

  /** Tickets and jobs in hand, and how many tickets the latest job carried: the next one is likely to be its like. */
  let held = 0;
  let jobs = 0;
  let usual = 1;

  /** No job is fetched while those in hand would keep this sink busy. */
  function hold(tickets: number, sign: 1 | -1): void {
    held += sign * tickets;
    jobs += sign;
    worker.concurrency = Math.max(1, jobs + Math.floor(Math.max(0, concurrency - held) / usual));
  }

  async function processJob(job: Job<unknown>, token?: string): Promise<void> {
    const parsed = ticketJobSchema.safeParse(job.data);
    if (!parsed.success) {
      logger.error({ jobId: job.id, data: job.data }, 'ticket.malformed');
      return;
    }
    const { tickets } = parsed.data;
    usual = tickets.length;
    if (tickets.length > 1 && held > 0 && held + tickets.length > concurrency) {
      // BullMQ fetches several jobs before it hands out the first; what is too much is for another sink to take.
      await job.moveToWait(token);
      throw new WaitingError();
    }
    hold(tickets.length, 1);
    try {
      const outcomes = await Promise.allSettled(tickets.map(onTicket));
      const failure = outcomes.find((outcome) => outcome.status === 'rejected');
      // Those of its tickets that were used up are found gone by whoever gets it next.
      if (failure) await giveBack(job, tickets, failure.reason, token);
    } finally {
      hold(tickets.length, -1);
    }
  }

  /** Puts the job back; the error that is thrown tells BullMQ that the job is neither done nor failed. */
  async function giveBack(job: Job<unknown>, tickets: Ticket[], error: unknown, token?: string): Promise<never> {
    if (error instanceof TicketReturned) {
      logger.info({ tickets, why: error.message }, 'ticket.returned');
      await job.moveToWait(token);
      throw new WaitingError();
    }
    logger.error({ tickets, err: error }, 'ticket.failed');
    await job.moveToDelayed(clock.now() + faultDelayMs, token);
    throw new DelayedError();
  }

  const worker = new Worker<unknown>(queueName, processJob, {
    connection,
    prefix,
    concurrency,
    lockDuration: lockMs,
    stalledInterval: stalledCheckMs,
    drainDelay: blockSeconds,
    // How often an event may be lost is counted in MySQL; a ticket itself never wears out.
    maxStalledCount: Number.MAX_SAFE_INTEGER,
    removeOnComplete: { count: 0 },
    removeOnFail: { count: 0 },
    // A sink's user and its scripts may be missing for a moment after a restart of Redis.
    runRetryDelay: 1_000,
    // INFO is not among the commands that a sink's Redis user may run.
    skipVersionCheck: true,
  });
  worker.on('error', (error) => {
    logger.debug({ error: error.message }, 'queue.failed');
    if (isDenial(error)) options.onDenied?.();
  });

  return {
    pause: () => worker.pause(true),
    resume: () => worker.resume(),
    isTaking: () => worker.isRunning() && !worker.isPaused(),
    async close() {
      await worker.close();
      connection.disconnect();
    },
  };
}
