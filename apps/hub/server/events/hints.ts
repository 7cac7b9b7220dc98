import type { Id } from '@nexomatic/contracts/id';
import type { LiveBus } from '@nexomatic/queue/live';

/** What pages are told of. */
type HintedKind = 'event' | 'source' | 'sink' | 'schedule';

export interface HintOptions<K extends HintedKind = 'event'> {
  /** Whether what these are of is worth looking again. */
  concerns(ids: Id<K>[]): boolean;
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
export const openHints = (live: Pick<LiveBus, 'subscribe'>, tenantId: Id<'tenant'>, options: HintOptions): Hints =>
  hintsOf((listener) => live.subscribe(tenantId, listener), options);

/** The same for requests that come to a tenant's sources. */
export const openSourceHints = (
  live: Pick<LiveBus, 'subscribeToSources'>,
  tenantId: Id<'tenant'>,
  options: HintOptions<'source'>,
): Hints => hintsOf((listener) => live.subscribeToSources(tenantId, listener), options);

/** The same for a tenant's sinks. */
export const openSinkHints = (
  live: Pick<LiveBus, 'subscribeToSinks'>,
  tenantId: Id<'tenant'>,
  options: HintOptions<'sink'>,
): Hints => hintsOf((listener) => live.subscribeToSinks(tenantId, listener), options);

/** The same for a tenant's schedules. */
export const openScheduleHints = (
  live: Pick<LiveBus, 'subscribeToSchedules'>,
  tenantId: Id<'tenant'>,
  options: HintOptions<'schedule'>,
): Hints => hintsOf((listener) => live.subscribeToSchedules(tenantId, listener), options);

/** Ids of what changed, gathered for a quarter of a second at a time, until `signal` ends. Only a hint: what they are is read anew. */
export async function* gatherHints<K extends HintedKind>(
  open: (options: HintOptions<K>) => Hints,
  signal: AbortSignal,
): AsyncGenerator<Id<K>[], void, void> {
  let changed = new Set<Id<K>>();
  const concerns = (ids: Id<K>[]): boolean => {
    for (const id of ids) changed.add(id);
    return true;
  };
  using hints = open({ concerns, gapMs: gatherMs });
  while (!signal.aborted) {
    await hints.next(signal);
    if (changed.size === 0) continue;
    const ids = [...changed];
    changed = new Set();
    yield ids;
  }
}

const gatherMs = 250;

function hintsOf<K extends HintedKind>(
  subscribe: (listener: (ids: Id<K>[]) => void) => () => void,
  { concerns, gapMs, pollMs }: HintOptions<K>,
): Hints {
  let hinted = false;
  let wake: (() => void) | undefined;
  const unsubscribe = subscribe((ids) => {
    if (!concerns(ids)) return;
    hinted = true;
    wake?.();
  });

  let gap: Promise<void> = Promise.resolve();
  return {
    async next(signal) {
      await gap;
      if (!hinted) {
        await pause(signal, pollMs, (end) => {
          wake = end;
        });
      }
      hinted = false;
      gap = pause(signal, gapMs);
    },
    [Symbol.dispose]: unsubscribe,
  };
}

/** Until the time is over, the signal ends, or what `offer` was given is called. */
function pause(signal: AbortSignal, ms?: number, offer?: (end: () => void) => void): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = ms === undefined ? undefined : setTimeout(end, ms);
    signal.addEventListener('abort', end);
    offer?.(end);
  });
}
