import { systemClock } from '@nexomatic/clock';
import { useNavigation, useRevalidator } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import { followChanges } from './follow-changes.ts';

/** At most this often: a busy tenant changes a thousand times a second, and nobody reads that fast. */
const restMs = 500;

/**
 * Brings the page's data up to date whenever the hub says that something of the tenant changed. `concerns` may narrow
 * it to the events on the page.
 */
export function useLiveRefresh(tenant: string, concerns?: (eventIds: string[]) => boolean): void {
  const { revalidate } = useRevalidator();
  const idle = useNavigation().state === 'idle';
  // A refresh during a navigation would begin that navigation anew; the new page comes fresh anyway.
  const refresh = useRef<() => void>(() => undefined);
  refresh.current = () => {
    if (idle) revalidate();
  };
  const filter = useRef(concerns);
  filter.current = concerns;

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let lastAt = 0;
    const stop = followChanges(tenant, (eventIds) => {
      if (eventIds !== 'unknown' && filter.current?.(eventIds) === false) return;
      const rest = Math.max(0, lastAt + restMs - systemClock.monotonic());
      timer ??= setTimeout(() => {
        timer = undefined;
        lastAt = systemClock.monotonic();
        refresh.current();
      }, rest);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [tenant]);
}
