import type { Clock } from '@nexomatic/clock';

/** So many failures in a row, and the hub is taken to be away. */
const failuresToOpen = 3;
const probeEveryMs = 1_000;

/**
 * What one isolate knows of its hub. While it is open no sender waits for a hub that does not answer: requests are held at once,
 * and the hub is asked beside them, once a second at most, whether it is back.
 */
export interface HubBreaker {
  readonly isOpen: boolean;
  /** The hub gave an answer of its own, or it didn't. */
  note(answered: boolean): void;
  /** Whether it is time to ask; true means that the caller does. */
  takeProbe(): boolean;
}

/** A breaker that is closed: what is not known to be away is asked. */
export function createHubBreaker(clock: Clock): HubBreaker {
  let failures = 0;
  let probedAt = Number.NEGATIVE_INFINITY;
  return {
    get isOpen() {
      return failures >= failuresToOpen;
    },
    note(answered) {
      failures = answered ? 0 : failures + 1;
    },
    takeProbe() {
      const now = clock.monotonic();
      if (now - probedAt < probeEveryMs) return false;
      probedAt = now;
      return true;
    },
  };
}
