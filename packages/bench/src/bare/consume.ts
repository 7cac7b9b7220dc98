import { Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { answerCalls, childSettings } from '../children/calls.ts';
import { createTally } from '../children/tally.ts';
import { microseconds } from '../measure/instant.ts';
import type { BareSettings } from './bare.ts';

/** Child process that processes jobs, each with nothing in it. */
export interface ConsumerCalls {
  /** Settles when that many jobs have been completed since the process began. */
  completed: { input: { total: number; withinMs: number }; output: { total: number; lastStartedAt: number } };
}

const { queue, redisUrl, slots } = childSettings<BareSettings>();
const completions = createTally('jobs completed');
let lastStartedAt = 0;

const connection = new Redis(redisUrl, { maxRetriesPerRequest: null });
const worker = new Worker(
  queue,
  async () => {
    lastStartedAt = microseconds();
  },
  {
    connection,
    concurrency: slots,
    skipVersionCheck: true,
    removeOnComplete: { count: 0 },
    removeOnFail: { count: 0 },
  },
);
worker.on('completed', () => completions.add());
worker.on('error', (error) => process.stderr.write(`${error.message}\n`));
await worker.waitUntilReady();

answerCalls<ConsumerCalls>(
  {
    async completed({ total, withinMs }) {
      return { total: await completions.reaches(total, withinMs), lastStartedAt };
    },
  },
  async () => {
    await worker.close();
    connection.disconnect();
  },
);
