import { systemClock } from '@nexomatic/clock';
import { useRevalidator } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import { followChanges } from './follow-changes.ts';
import { useIdle } from './use-idle.ts';

interface LiveRefresh {
  /** Narrows it to the events on the page. */
  concerns?: (eventIds: string[]) => boolean;
  /** At most this often: a busy tenant changes a thousand times a second, and nobody reads that fast. */
  restMs?: number;
  /** Once more this long after the last change, for figures that follow behind. */
  settleMs?: number;
  /** Also this often without any change, for pages that show the time going on. */
  idleMs?: number;
}

/** Brings the page's data up to date whenever the hub says that something of the tenant changed. */
export function useLiveRefresh(tenant: string, options: LiveRefresh = {}): void {
  const { concerns, restMs = 500, settleMs, idleMs } = options;
  const { revalidate } = useRevalidator();
  const idle = useIdle();
  const refresh = useRef<() => void>(() => undefined);
  refresh.current = () => {
    if (idle) revalidate();
  };
  const filter = useRef(concerns);
  filter.current = concerns;

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let settle: ReturnType<typeof setTimeout> | undefined;
    let lastAt = 0;
    const idleTimer =
      idleMs &&
      setInterval(() => {
        if (document.visibilityState === 'visible') refresh.current();
      }, idleMs);
    const stop = followChanges(tenant, (eventIds) => {
      if (eventIds !== 'unknown' && filter.current?.(eventIds) === false) return;
      const rest = Math.max(0, lastAt + restMs - systemClock.monotonic());
      timer ??= setTimeout(() => {
        timer = undefined;
        lastAt = systemClock.monotonic();
        refresh.current();
      }, rest);
      if (settleMs === undefined) return;
      clearTimeout(settle);
      settle = setTimeout(() => refresh.current(), settleMs);
    });
    return () => {
      stop();
      clearTimeout(timer);
      clearTimeout(settle);
      clearInterval(idleTimer);
    };
  }, [tenant, restMs, settleMs, idleMs]);
}
