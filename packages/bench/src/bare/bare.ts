import bullmq from 'bullmq/package.json' with { type: 'json' };
import { type Child, startChild } from '../children/start-child.ts';
import type { Contestant, Idle, Servers } from '../contestant.ts';
import { roundLimitMs, usageOf } from '../contestant.ts';
import { microseconds } from '../measure/instant.ts';
import { spreadOf } from '../measure/spread.ts';
import type { ConsumerCalls } from './consume.ts';
import type { ProducerCalls } from './produce.ts';

/** Version of the library, the same for the pipeline. */
export const bullmqVersion = bullmq.version;

/** What producer and consumer start with. */
export interface BareSettings {
  redisUrl: string;
  queue: string;
  slots: number;
}

/**
 * The line to compare with: BullMQ by itself, adding and processing jobs with nothing in them, the producer in one process
 * and the worker in another.
 */
export async function startBare(
  servers: Servers,
  options: { slots: number; folder: string },
  stack: AsyncDisposableStack,
): Promise<Contestant> {
  const settings: BareSettings = { redisUrl: servers.redis.url, queue: 'bare', slots: options.slots };
  const start = { settings, folder: options.folder };
  const consumer: Child<ConsumerCalls> = stack.use(
    await startChild<ConsumerCalls>({ ...start, name: 'worker', program: new URL('consume.ts', import.meta.url) }),
  );
  const producer: Child<ProducerCalls> = stack.use(
    await startChild<ProducerCalls>({ ...start, name: 'producer', program: new URL('produce.ts', import.meta.url) }),
  );
  const pids = { 'redis-server': servers.redis.pid, producer: producer.pid, worker: consumer.pid };
  let total = 0;

  async function process(count: number): Promise<number> {
    const from = microseconds();
    total += count;
    const done = consumer.ask('completed', { total, withinMs: roundLimitMs });
    await Promise.all([producer.ask('add', { count }), done]);
    const reached = (await done).total;
    if (reached !== total) throw new Error(`${reached} jobs were completed, ${total} had been added`);
    return (microseconds() - from) / 1_000_000;
  }

  return {
    async warmUp(count) {
      await process(count);
    },
    async round(count) {
      const usage = usageOf(pids);
      const seconds = await process(count);
      return { seconds, processes: usage.since(), loadGenerator: null, sqlStatements: null };
    },
    async idle(count, pause): Promise<Idle> {
      const starts: number[] = [];
      for (let i = 0; i < count; i += 1) {
        await pause();
        total += 1;
        const { sentAt } = await producer.ask('addOne', null);
        const { lastStartedAt } = await consumer.ask('completed', { total, withinMs: roundLimitMs });
        starts.push((lastStartedAt - sentAt) / 1_000);
      }
      return { start: spreadOf(starts), answer: null, success: null };
    },
  };
}
