import { setTimeout as delay } from 'node:timers/promises';

/** Deadlock found, and lock wait time-out: the server undid the work and asks for it to be done again. */
const lockFailures = new Set([1213, 1205]);
const maxRetries = 3;

const errnoOf = (error: unknown): unknown => (error instanceof Error && 'errno' in error ? error.errno : undefined);

/** Does the work again when it lost to another transaction, after 5 to 15 ms, then 10 to 30, then 15 to 45. */
export async function retryLockFailures<T>(work: () => Promise<T>): Promise<T> {
  for (let retry = 1; ; retry += 1) {
    try {
      return await work();
    } catch (error) {
      if (retry > maxRetries || !lockFailures.has(errnoOf(error) as number)) throw error;
      // Random, so that the transactions that met once don't meet again in step.
      await delay(retry * (5 + Math.random() * 10));
    }
  }
}
