import type { Redis } from './connection.ts';

/** What the server says it is, for example `Redis 7.2.4` or `Valkey 8.0.1`. */
export async function redisVersion(redis: Redis): Promise<string> {
  const info = await redis.info('server');
  // Valkey also names the version of Redis that it is compatible with.
  const valkey = /^valkey_version:(\S+)/m.exec(info)?.[1];
  return valkey ? `Valkey ${valkey}` : `Redis ${/^redis_version:(\S+)/m.exec(info)?.[1] ?? 'of unknown version'}`;
}
