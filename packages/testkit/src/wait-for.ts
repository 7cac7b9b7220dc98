import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '@nexomatic/clock';

/** The condition was not met in time; `cause` is what it last threw, if it did. */
export class WaitTimeoutError extends Error {
  override name = 'WaitTimeoutError';
}

interface WaitOptions {
  /** What is waited for, in words that complete "waited 5 s for …". */
  what: string;
  timeoutMs?: number;
  everyMs?: number;
}

/**
 * Asks until the condition gives something other than false, null or undefined, and returns that. A condition that
 * throws is not met yet.
 */
export async function waitFor<T>(
  condition: () => T | Promise<T>,
  { what, timeoutMs = 30_000, everyMs = 20 }: WaitOptions,
): Promise<Exclude<T, false | null | undefined>> {
  const until = systemClock.monotonic() + timeoutMs;
  for (;;) {
    let last: unknown;
    let thrown: unknown;
    try {
      last = await condition();
      if (last !== false && last !== null && last !== undefined) return last as Exclude<T, false | null | undefined>;
    } catch (error) {
      thrown = error;
    }
    if (systemClock.monotonic() >= until) {
      const state = thrown instanceof Error ? `it threw "${thrown.message}"` : `it was ${String(last)}`;
      throw new WaitTimeoutError(`waited ${timeoutMs / 1000} s for ${what}; at the end ${state}`, { cause: thrown });
    }
    await pause(everyMs);
  }
}
