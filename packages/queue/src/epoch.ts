import type { Redis } from './connection.ts';
import { epochKey } from './names.ts';

/**
 * Redis may come back empty or old (a FLUSHALL, a restart, a restored copy). After filling it the hub leaves a mark that
 * names the database and this run of the Redis server; when Redis has another mark, or none, its queues can't be
 * trusted and are rebuilt from MySQL.
 */
export const readEpoch = (redis: Redis): Promise<string | null> => redis.get(epochKey);

export async function writeEpoch(redis: Redis, epoch: string): Promise<void> {
  await redis.set(epochKey, epoch);
}

/** Redis' own name for this run of the server; another one after every restart. */
export async function redisRunId(redis: Redis): Promise<string> {
  const info = await redis.info('server');
  return /^run_id:(\w+)/m.exec(info)?.[1] ?? 'unknown';
}
