import { createHash } from 'node:crypto';
import type { Redis } from '@nexomatic/queue/connection';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';

/** How often passwords may be guessed. Durations are in seconds, as Redis counts them here. */
export interface ThrottleLimits {
  /** Guesses at one account within the window that cost no waiting. */
  freeGuesses: number;
  /** Guesses from one address within the window. */
  perAddress: number;
  windowSeconds: number;
  /** Waiting after the first guess beyond the free ones; it doubles with each further one, up to the window. */
  firstDelaySeconds: number;
}

const defaultLimits: ThrottleLimits = {
  freeGuesses: 5,
  perAddress: 50,
  windowSeconds: 15 * 60,
  firstDelaySeconds: 30,
};

export interface LoginThrottle {
  /**
   * Counts a guess at the account from the address; gives the seconds to wait, or null for a guess that may be checked. It is
   * counted before it is checked: thousands that come at once would otherwise all find the way free.
   */
  guess(account: string, remoteAddress: string): Promise<number | null>;
  /** The guess was right: the account begins anew, and the address gets its point back. */
  wasRight(account: string, remoteAddress: string): Promise<void>;
}

/**
 * Slows guessing down and locks nobody out: who is guessed at waits longer and longer, but never for more than the window.
 * All hubs count together in Redis; while it is away each counts in its own memory.
 */
export function createLoginThrottle(redis: Redis, limits: ThrottleLimits = defaultLimits): LoginThrottle {
  const { freeGuesses, perAddress, windowSeconds, firstDelaySeconds } = limits;
  const counter = (keyPrefix: string, points: number) => {
    const options = { keyPrefix: `nx:login:${keyPrefix}`, points, duration: windowSeconds };
    const own = new RateLimiterMemory(options);
    const store = { storeClient: redis, rejectIfRedisNotReady: true, insuranceLimiter: own };
    const limiter = new RateLimiterRedis({ ...options, ...store });
    async function forget(key: string): Promise<void> {
      await own.delete(key);
      // Of all commands this is the one that the library would wait with until Redis is back.
      if (redis.status === 'ready') await limiter.delete(key);
    }
    return Object.assign(limiter, { forget });
  };
  const addresses = counter('address', perAddress);
  const accounts = counter('account', freeGuesses);
  /** Beyond its free guesses, an account is checked for whoever takes the one point of this; it comes back after the delay. */
  const turns = counter('turn', 1);

  return {
    async guess(account, remoteAddress) {
      const key = keyOf(account);
      const waiting = await turns.get(key);
      if (waiting && waiting.msBeforeNext > 0) return seconds(waiting);
      const address = await consume(addresses, remoteAddress);
      if (!address.granted) return seconds(address);
      const free = await consume(accounts, key);
      if (free.granted) return null;
      const doublings = free.consumedPoints - freeGuesses - 1;
      const delay = Math.min(windowSeconds, firstDelaySeconds * 2 ** Math.min(doublings, 20));
      const turn = await consume(turns, key, delay);
      return turn.granted ? null : seconds(turn);
    },
    async wasRight(account, remoteAddress) {
      const key = keyOf(account);
      await Promise.all([accounts.forget(key), turns.forget(key), addresses.reward(remoteAddress)]);
    },
  };
}

/** Addresses of people are not kept where they need not be. */
const keyOf = (account: string): string => createHash('sha256').update(account).digest('base64url');

async function consume(limiter: RateLimiterRedis, key: string, customDuration?: number) {
  try {
    const taken = await limiter.consume(key, 1, customDuration === undefined ? {} : { customDuration });
    return { granted: true, msBeforeNext: taken.msBeforeNext, consumedPoints: taken.consumedPoints };
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    return { granted: false, msBeforeNext: refusal.msBeforeNext, consumedPoints: refusal.consumedPoints };
  }
}

const seconds = ({ msBeforeNext }: { msBeforeNext: number }): number => Math.max(1, Math.ceil(msBeforeNext / 1_000));
