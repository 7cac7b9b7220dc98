import { availableParallelism } from 'node:os';
import { hash, verify } from '@node-rs/argon2';
import { boundedQueue } from './bounded-queue.ts';

/** OWASP's first choice for Argon2id (Password Storage Cheat Sheet): 19 MiB, two passes, one lane. Some 25 ms of a core. */
const argon2id = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** A hash of no password, of the same cost: what is checked where there is nothing to check. */
export const nobodysHash =
  '$argon2id$v=19$m=19456,t=2,p=1$bm8gcGVyc29uJ3Mgc2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

/** Turns passwords into hashes and compares them, a few at a time: each takes memory and a core. */
export interface Passwords {
  /** Argon2id in PHC form. */
  hash(password: string): Promise<string>;
  /** Takes as long for somebody without a password as for everybody else; nothing matches there. */
  verify(passwordHash: string | null, password: string): Promise<boolean>;
}

/**
 * Two at once, but never on every core: one stays free for everybody else's requests. On two cores a flood of sign-ins cost the
 * others 79 ms at the 99th percentile with one at once, 204 ms with two, and was worked off as fast.
 */
const defaultLimits = { atOnce: Math.max(1, Math.min(2, availableParallelism() - 1)), waiting: 40 };

export function createPasswords(limits: { atOnce: number; waiting: number } = defaultLimits): Passwords {
  const queue = boundedQueue(limits);
  return {
    hash: (password) => queue(() => hash(password, argon2id)),
    verify: (passwordHash, password) =>
      queue(async () => {
        const matches = await verify(passwordHash ?? nobodysHash, password);
        return passwordHash !== null && matches;
      }),
  };
}
