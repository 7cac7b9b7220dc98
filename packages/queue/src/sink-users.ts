import { createHash } from 'node:crypto';
import type { Redis } from './connection.ts';

/** A sink that takes its tickets off Redis itself, as the hub lets it in there. */
export interface SinkUser {
  username: string;
  password: string;
  /** All that it may touch. */
  queues: readonly { prefix: string; name: string }[];
}

export const sinkUsername = (sinkId: string): string => `nexomatic-${sinkId}`;

/**
 * What a BullMQ worker and its scripts run, and nothing else; Redis checks the commands and keys inside a script against
 * its caller too. No `EVAL`: with it one line stops Redis for every tenant. No channels, no administration, no `KEYS`.
 */
const commands =
  'evalsha bzpopmin get set del exists incr pexpire pttl hget hset hmget hmset hgetall hdel hexists hincrby lpush rpush lrange llen lrem ltrim rpoplpush sadd srem scard smembers sismember zadd zrem zcard zscore zrange zrangebyscore zrevrange zrevrangebyscore zpopmin zremrangebyrank zremrangebyscore xadd xtrim'.split(
    ' ',
  );

/** Makes the user, or makes it anew: open connections of one that exists go on. */
export async function allowSink(redis: Redis, { username, password, queues }: SinkUser): Promise<void> {
  const database = redis.options.db ?? 0;
  await redis.acl(
    'SETUSER',
    username,
    'reset',
    'on',
    `#${createHash('sha256').update(password).digest('hex')}`,
    'resetchannels',
    '-@all',
    ...commands.map((command) => `+${command}`),
    // A client that is told a database sends it; it may be that one alone.
    ...(database === 0 ? [] : [`+select|${database}`]),
    ...queues.map(({ prefix, name }) => `~${escapeGlob(`${prefix}:${name}:`)}*`),
  );
}

/** Removes the user and closes its connections: `off` would leave them open. Nothing happens where there is none. */
export async function removeSinkUser(redis: Redis, sinkId: string): Promise<void> {
  await redis.acl('DELUSER', sinkUsername(sinkId));
}

/** Whether anybody who reaches this Redis may do everything there: no user is worth anything then. */
export async function isOpenToAll(redis: Redis): Promise<boolean> {
  const user = (await redis.acl('GETUSER', 'default')) as unknown;
  const flags = user instanceof Map ? user.get('flags') : valueAfter(user, 'flags');
  return Array.isArray(flags) && flags.includes('on') && flags.includes('nopass');
}

const valueAfter = (list: unknown, name: string): unknown =>
  Array.isArray(list) ? list[list.indexOf(name) + 1] : undefined;

const escapeGlob = (text: string): string => text.replaceAll(/[*?[\]\\^]/g, '\\$&');
