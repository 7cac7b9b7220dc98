import { systemClock } from '@nexomatic/clock';
import { createContext, useCallback, useContext, useSyncExternalStore } from 'react';

/** The hub's time at which the page was made: what the first render, on both sides, counts from. */
export const RenderedAt = createContext(0);
/** IANA zone in which the viewer reads times. */
export const ViewerZone = createContext('UTC');

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** One timer for every ticking text on the page; it stands still while nothing ticks or nobody looks. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(tick, 1_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function tick(): void {
  if (document.visibilityState === 'hidden') return;
  for (const listener of listeners) listener();
}

const never = (): (() => void) => () => undefined;

/**
 * A value that changes as time goes by, rendered again only when it really differs. `ticking: false` freezes it.
 * During hydration it is computed from the time at which the server rendered, so that both texts are the same.
 */
export function useTicking<T extends string | number>(compute: (now: number) => T, ticking = true): T {
  const renderedAt = useContext(RenderedAt);
  const fromServer = useCallback(() => compute(renderedAt), [compute, renderedAt]);
  return useSyncExternalStore(ticking ? subscribe : never, () => compute(secondsNow()), fromServer);
}

/** Whole seconds: a snapshot has to stay the same while React renders. */
function secondsNow(): number {
  return Math.floor(systemClock.now() / 1000) * 1000;
}

export const useZone = (): string => useContext(ViewerZone);
