import { useRevalidator } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import { useIdle } from './use-idle.ts';

/** Brings the page's data up to date every so often, for what changes without a word: nobody tells that a sink fell silent. */
export function useIntervalRefresh(everyMs: number): void {
  const { revalidate, state } = useRevalidator();
  const idle = useIdle() && state === 'idle';
  const refresh = useRef<() => void>(() => undefined);
  refresh.current = () => {
    if (idle && document.visibilityState === 'visible') revalidate();
  };
  useEffect(() => {
    const timer = setInterval(() => refresh.current(), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
}
