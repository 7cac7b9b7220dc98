import { useRevalidator } from '@remix-run/react';
import { useEffect, useRef } from 'react';

const everyMs = 1_000;

/** Asks for the page's data again and again while something goes on and somebody looks. */
export function usePolling(active: boolean): void {
  const { revalidate, state } = useRevalidator();
  const ask = useRef<() => void>(() => undefined);
  ask.current = () => {
    if (state === 'idle' && document.visibilityState === 'visible') revalidate();
  };
  useEffect(() => {
    if (!active) return;
    const timer = setInterval(() => ask.current(), everyMs);
    return () => clearInterval(timer);
  }, [active]);
}
