import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Redis } from '@nexomatic/queue/connection';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';

/** Wrong join tokens and signatures from one address within the window. Right ones are given back. */
const guesses = 100;
const windowSeconds = 15 * 60;

export interface GuessLimit {
  /**
   * Does what may turn out to be a guess: counted before it is done, because thousands that come at once would all find the
   * way free, and given back when it was none. Throws `rate_limited` once there were too many.
   */
  guard<T>(remoteAddress: string, work: () => Promise<T>): Promise<T>;
}

/** All hubs count together in Redis; while it is away each counts in its own memory. */
export function createGuessLimit(redis: Redis): GuessLimit {
  const options = { keyPrefix: 'nx:enrol', points: guesses, duration: windowSeconds };
  const insuranceLimiter = new RateLimiterMemory(options);
  const limiter = new RateLimiterRedis({
    ...options,
    storeClient: redis,
    rejectIfRedisNotReady: true,
    insuranceLimiter,
  });

  return {
    async guard(remoteAddress, work) {
      await limiter.consume(remoteAddress).catch(refuse);
      try {
        const done = await work();
        await limiter.reward(remoteAddress);
        return done;
      } catch (error) {
        const wrong = error instanceof NexomaticError && error.code === 'unauthenticated';
        if (!wrong) await limiter.reward(remoteAddress);
        throw error;
      }
    },
  };
}

function refuse(refusal: unknown): never {
  if (!(refusal instanceof RateLimiterRes)) throw refusal;
  const minutes = Math.max(1, Math.ceil(refusal.msBeforeNext / 60_000));
  const detail = `Too many wrong credentials came from this address; try again in ${minutes} min.`;
  throw new NexomaticError('rate_limited', detail);
}
