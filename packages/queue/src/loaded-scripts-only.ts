import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';

/** What Redis says to a user who may not, or not yet: no right, no user, no script. */
const denial = /^(NOPERM|NOSCRIPT|NOAUTH|WRONGPASS)\b/;
const deniedWaitMs = 1_000;

export const isDenial = (error: unknown): boolean => error instanceof Error && denial.test(error.message);

/**
 * Makes it a connection for a user who may run scripts that the hub has loaded, and no other: they go by `EVALSHA` alone,
 * where ioredis would send their text the first time. Whatever is denied is answered a second late, because BullMQ asks
 * again at once, thousands of times a second.
 */
export function runLoadedScriptsOnly(redis: Redis): Redis {
  const bzpopmin = redis.bzpopmin.bind(redis);
  const duplicate = redis.duplicate.bind(redis);
  return Object.assign(redis, {
    defineCommand(name: string, { lua, numberOfKeys = 0 }: { lua: string; numberOfKeys?: number }): void {
      const sha = createHash('sha1').update(lua).digest('hex');
      const run = (...args: string[]) => slowly(redis.evalsha(sha, numberOfKeys, ...args.flat()));
      Object.defineProperty(redis, name, { value: run, configurable: true });
    },
    bzpopmin: (key: string, timeout: number) => slowly(bzpopmin(key, timeout)),
    // BullMQ makes its blocking connection in this way.
    duplicate: (...override: Parameters<Redis['duplicate']>) => runLoadedScriptsOnly(duplicate(...override) as Redis),
  });
}

async function slowly<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (isDenial(error)) await sleep(deniedWaitMs, undefined, { ref: false });
    throw error;
  }
}
