import type { Id } from '@nexomatic/contracts/id';
import type { LiveBus } from '@nexomatic/queue/live';

export interface HintOptions {
  /** Whether these changed events are worth looking again. */
  concerns(eventIds: Id<'event'>[]): boolean;
  /** Least time between two looks, so that a busy tenant costs its readers no more than a quiet one. */
  gapMs: number;
  /** Look again after this time without a hint as well: one may get lost with a Redis connection. */
  pollMs?: number;
}

export interface Hints extends Disposable {
  /** Settles when it is time to look again, or when the signal is aborted. */
  next(signal: AbortSignal): Promise<void>;
}

/** Says when it is worth reading a tenant's events again. Hints that come between two looks are not lost. */
export function openHints(live: Pick<LiveBus, 'subscribe'>, tenantId: Id<'tenant'>, options: HintOptions): Hints {
  const { concerns, gapMs, pollMs } = options;
  let hinted = false;
  let wake: (() => void) | undefined;
  const unsubscribe = live.subscribe(tenantId, (eventIds) => {
    if (!concerns(eventIds)) return;
    hinted = true;
    wake?.();
  });

  /** Until the time is over, `wake` is called or the signal ends. */
  function wait(ms: number | undefined, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const end = () => {
        wake = undefined;
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        resolve();
      };
      const timer = ms === undefined ? undefined : setTimeout(end, ms);
      signal.addEventListener('abort', end);
      wake = end;
    });
  }

  let lookedAt: Promise<void> = Promise.resolve();
  return {
    async next(signal) {
      await lookedAt;
      if (!hinted) await wait(pollMs, signal);
      hinted = false;
      lookedAt = pause(gapMs, signal);
    },
    [Symbol.dispose]: unsubscribe,
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
  });
}
