import type { Redis } from './connection.ts';
import { secretCheckKey, secretChecksKey } from './names.ts';

/**
 * Checks of secrets on their way between the hub that was asked, the sink, and whichever hubs that one speaks to. They last for
 * a minute, and hold ids and outcomes alone. Each stage is taken by whoever moves it on, so each is done once.
 */
const keptMs = 60_000;

/** A check waits until its sink says its next word. */
export async function noteCheck(redis: Redis, sinkId: string, id: string, check: string): Promise<void> {
  await redis
    .multi()
    .set(secretCheckKey('asked', id), check, 'PX', keptMs)
    .rpush(secretChecksKey(sinkId), id)
    .pexpire(secretChecksKey(sinkId), keptMs)
    .exec();
}

/** What the sink has not heard of; it is told once. */
export async function takeChecks(redis: Redis, sinkId: string): Promise<string[]> {
  return (await redis.lpop(secretChecksKey(sinkId), 100)) ?? [];
}

/** The check, for whoever opens it; null for one that was opened or is over. */
export const takeAsked = (redis: Redis, id: string): Promise<string | null> =>
  redis.getdel(secretCheckKey('asked', id));

export async function noteOpened(redis: Redis, id: string, check: string): Promise<void> {
  await redis.set(secretCheckKey('opened', id), check, 'PX', keptMs);
}

/** The check, for whoever judges its answer; null for one that was not opened, was answered or is over. */
export const takeOpened = (redis: Redis, id: string): Promise<string | null> =>
  redis.getdel(secretCheckKey('opened', id));

export async function noteAnswer(redis: Redis, id: string, answer: string): Promise<void> {
  await redis.set(secretCheckKey('answered', id), answer, 'PX', keptMs);
}

export const readAnswer = (redis: Redis, id: string): Promise<string | null> =>
  redis.get(secretCheckKey('answered', id));
