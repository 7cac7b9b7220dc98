import type { Redis } from './connection.ts';
import { presenceKey, presenceSinceKey } from './names.ts';

/**
 * Who is there, as each says of itself every few seconds. It ends by itself when nothing is said any more, and is filled
 * again by the next word when Redis has lost it.
 */
export async function notePresence(
  redis: Redis,
  sinkId: string,
  value: string,
  { now, ttlMs }: { now: number; ttlMs: number },
): Promise<{ before: string | null }> {
  const [before] = await Promise.all([
    redis.set(presenceKey(sinkId), value, 'PX', ttlMs, 'GET'),
    redis.set(presenceSinceKey, now, 'NX'),
  ]);
  return { before };
}

/** What each said last; null for who is not there. */
export const readPresence = (redis: Redis, sinkIds: string[]): Promise<(string | null)[]> =>
  sinkIds.length === 0 ? Promise.resolve([]) : redis.mget(sinkIds.map(presenceKey));

/** It said itself that it is gone. */
export async function forgetPresence(redis: Redis, sinkId: string): Promise<void> {
  await redis.del(presenceKey(sinkId));
}

/** Since when presence is kept, milliseconds since the epoch: before that, being absent means nothing. Begins now if it never was. */
export async function presenceSince(redis: Redis, now: number): Promise<number> {
  const before = await redis.set(presenceSinceKey, now, 'NX', 'GET');
  return before === null ? now : Number(before);
}
