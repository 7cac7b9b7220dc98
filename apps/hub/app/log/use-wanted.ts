import { useEffect } from 'react';
import type { LogStore } from './log-store.ts';
import type { Rows } from './rows.ts';

/** What is scrolled past faster than this is not read. */
const restMs = 40;

interface WantedOptions {
  store: LogStore;
  rows: Rows;
  view: { first: number; end: number };
  windowed: boolean;
  filtered: boolean;
  total: number;
}

/** Reads the lines that are looked at and are not there yet. */
export function useWanted({ store, rows, view, windowed, filtered, total }: WantedOptions): void {
  const { first, end } = view;
  useEffect(() => {
    if (total === 0) return;
    const timer = setTimeout(
      () => {
        const missing = missingLines(store, rows, windowed ? first : 0, windowed ? end : rows.count);
        const [from, to] = [missing[0], missing.at(-1)];
        if (from === undefined || to === undefined) return;
        // Lines of a filter may stand far apart.
        const jobs = filtered ? missing.map((line) => store.ensure(line, line)) : [store.ensure(from, to)];
        Promise.all(jobs).catch((error) =>
          store.set({ status: 'interrupted', problem: error instanceof Error ? error.message : null }),
        );
      },
      windowed ? restMs : 0,
    );
    return () => clearTimeout(timer);
  }, [store, rows, first, end, windowed, filtered, total]);
}

function missingLines(store: LogStore, rows: Rows, first: number, end: number): number[] {
  const missing: number[] = [];
  for (let row = first; row < end; row++) {
    const line = rows.lineAt(row);
    if (!store.line(line)) missing.push(line);
  }
  return missing;
}
