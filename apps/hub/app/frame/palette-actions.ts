import { useEffect, useSyncExternalStore } from 'react';
import type { PaletteItem } from './palette-items.ts';

const offered = new Map<symbol, readonly PaletteItem[]>();
const listeners = new Set<() => void>();
const none: readonly PaletteItem[] = [];
let all: readonly PaletteItem[] = none;

function changed(): void {
  all = [...offered.values()].flat();
  for (const listener of listeners) listener();
}

/** Offers what can be done on the page at hand ("Re-run this event") in the palette, as long as the page is open. */
export function usePaletteActions(items: readonly PaletteItem[]): void {
  useEffect(() => {
    const key = Symbol('page');
    offered.set(key, items);
    changed();
    return () => {
      offered.delete(key);
      changed();
    };
  }, [items]);
}

/** What the pages that are open offer. */
export function useOfferedActions(): readonly PaletteItem[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => all,
    () => none,
  );
}
