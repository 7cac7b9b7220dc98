import type { FoundSettings } from './source-settings.ts';

export interface Remembered {
  found: FoundSettings;
  /** As it was sealed, to be stored; null where there is none. */
  box: string | null;
  /** When the hub last said so. */
  confirmedAt: number;
  /** When it was last asked. */
  askedAt: number;
  /** `confirmedAt` of the copy in storage. */
  storedAt: number;
  /** The hub has said that it has others. */
  outdated: boolean;
}

interface SettingsMemory {
  get(sourceKeyHash: string): Remembered | undefined;
  keep(sourceKeyHash: string, entry: Remembered): Remembered;
}

/** Sources remembered; the one that was asked for longest ago goes first, so that guesses push out guesses. */
const maxEntries = 5_000;

/** Settings in an isolate's memory, the only place where they are in clear. */
export function createSettingsMemory(): SettingsMemory {
  const entries = new Map<string, Remembered>();
  return {
    get: (hash) => entries.get(hash),
    keep(hash, entry) {
      // Anew at the end: what is confirmed now and then stays.
      entries.delete(hash);
      entries.set(hash, entry);
      const [oldest] = entries.keys();
      if (entries.size > maxEntries && oldest !== undefined) entries.delete(oldest);
      return entry;
    },
  };
}
