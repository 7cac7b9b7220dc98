import { silentLogger } from '@nexomatic/logger';
import { connectRedis } from '@nexomatic/queue/connection';
import { inject } from 'vitest';
import { env } from './env.ts';
import type {} from './global-setup.ts';

/**
 * The run's Redis: a database number of this worker's own, empty at the start of each file. A test that empties the whole
 * server or kills it takes `startPrivateRedis` instead.
 */
export async function testRedis(): Promise<string> {
  const { redisUrl, redisIsPrivate } = inject('servers');
  // A server that somebody else named may hold more than tests.
  if (!redisIsPrivate) return redisUrl;
  const url = new URL(redisUrl);
  url.pathname = `/${env.workerNumber % 16}`;
  const redis = connectRedis(url.href, { role: 'testkit', logger: silentLogger });
  await redis.flushdb();
  redis.disconnect();
  return url.href;
}
