import { useSyncExternalStore } from 'react';

/** How the page learns of changes: at once, by asking every few seconds, or not at all just now. */
export type LiveStatus = 'connecting' | 'live' | 'polling' | 'offline';

let status: LiveStatus = 'connecting';
const listeners = new Set<() => void>();

export function setLiveStatus(next: LiveStatus): void {
  if (next === status) return;
  status = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useLiveStatus = (): LiveStatus =>
  useSyncExternalStore(
    subscribe,
    () => status,
    () => 'connecting',
  );
