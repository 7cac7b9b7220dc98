import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from '@nexomatic/logger';
import { Queue, Worker } from 'bullmq';
import { connectRedis } from './connection.ts';
import { hubPrefix, scheduleTickQueue } from './names.ts';

/**
 * One job scheduler for the schedules of all tenants, which ticks every second on one of the hubs. It decides nothing: a tick
 * that is lost, late or doubled changes no run.
 */
export interface ScheduleTick {
  /** Makes the job scheduler if it is missing, or has stopped; says whether it had to. Does nothing while Redis is away. */
  ensure(): Promise<boolean>;
  close(): Promise<void>;
}

const schedulerId = 'tick';
const pattern = '* * * * * *';
/** A scheduler whose next job is so much overdue has none: it was lost. */
const stoppedMs = 10_000;
const closeMs = 2_000;

/** Calls `onTick` for the ticks that come to this hub, one at a time. What it throws is its own to tell of. */
export function openScheduleTick(options: {
  redisUrl: string;
  logger: Logger;
  now(): number;
  onTick(): Promise<void>;
}): ScheduleTick {
  const { redisUrl, logger, now, onTick } = options;
  const shared = { prefix: hubPrefix };
  // Of its own: a command of others that waits to be written when BullMQ defines its scripts on the same connection lets one of
  // these go missing among the answers, which ends the process.
  const commands = connectRedis(redisUrl, { role: 'hub-schedules', logger });
  const queue = new Queue(scheduleTickQueue, {
    connection: commands,
    ...shared,
    skipVersionCheck: true,
    streams: { events: { maxLen: 100 } },
  });
  const connection = connectRedis(redisUrl, { role: 'hub-tick', logger, blocking: true });
  // It asks for the version of Redis: unless it knows that, it waits in whole seconds, and each tick comes up to one late.
  const worker = new Worker(scheduleTickQueue, () => onTick(), {
    connection,
    ...shared,
    concurrency: 1,
    removeOnComplete: { count: 0 },
    removeOnFail: { count: 0 },
    runRetryDelay: 1_000,
  });
  const failed = (error: Error): void =>
    logger.debug({ queue: scheduleTickQueue, error: error.message }, 'queue.failed');
  queue.on('error', failed);
  worker.on('error', failed);

  return {
    async ensure() {
      // BullMQ would wait for Redis without end, and whoever asked with it.
      if (commands.status !== 'ready') return false;
      const found = await queue.getJobScheduler(schedulerId);
      if (found?.pattern === pattern && (found.next ?? 0) > now() - stoppedMs) return false;
      if (found) await queue.removeJobScheduler(schedulerId);
      await queue.upsertJobScheduler(
        schedulerId,
        { pattern },
        { name: 'tick', opts: { removeOnComplete: true, removeOnFail: true } },
      );
      return true;
    },
    async close() {
      // Without Redis they would wait for it to come back.
      const closed = Promise.allSettled([worker.close(true), queue.close()]);
      await Promise.race([closed, pause(closeMs, undefined, { ref: false })]);
      connection.disconnect();
      commands.disconnect();
    },
  };
}
