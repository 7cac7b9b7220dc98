/**
 * The only place that reads the machine's clock (a lint rule forbids `Date.now()` and `new Date()` elsewhere).
 * Code that decides by time takes a `Clock`, so that a test can set it. Leases and deadlines are not decided by
 * this clock at all but by the database's own (`NOW(3)`), which every hub shares.
 */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Milliseconds on a clock that never jumps; only differences mean anything. */
  monotonic(): number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
};

/** A clock that stands still until it is told to move. `at` is in milliseconds since the epoch. */
export function fakeClock(at = 1_700_000_000_000): Clock & { advance(ms: number): void } {
  let now = at;
  return {
    now: () => now,
    monotonic: () => now,
    advance(ms) {
      now += ms;
    },
  };
}
