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

export function createPasswords(limits: { atOnce: number; waiting: number } = { atOnce: 2, waiting: 40 }): Passwords {
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
