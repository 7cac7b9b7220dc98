import { useEffect, useReducer } from 'react';
import type { LogStore } from './log-store.ts';
import { readProblem } from './read-problem.ts';
import type { Rows } from './rows.ts';

/** What is scrolled past faster than this is not read. */
const restMs = 40;
/** So long after a failure it is read again. */
const retryMs = 4_000;

interface WantedOptions {
  store: LogStore;
  rows: Rows;
  view: { first: number; end: number };
  windowed: boolean;
  filtered: boolean;
  total: number;
}

/** Reads the lines that are looked at and are not there yet. The returned function tries at once what failed. */
export function useWanted({ store, rows, view, windowed, filtered, total }: WantedOptions): () => void {
  const { first, end } = view;
  const [tries, readAgain] = useReducer((count: number) => count + 1, 0);
  // Whoever tries again reads anew
  useEffect(() => {
    if (total === 0) return;
    let left = false;
    let timer = setTimeout(() => void read(), windowed ? restMs : 0);

    async function read(): Promise<void> {
      const missing = missingLines(store, rows, windowed ? first : 0, windowed ? end : rows.count);
      const [from = 0, to = 0] = [missing[0], missing.at(-1)];
      try {
        // Lines of a filter may stand far apart.
        if (filtered) await Promise.all(missing.map((line) => store.ensure(line, line)));
        else if (missing.length > 0) await store.ensure(from, to);
        if (!left && store.state().unread) store.set({ unread: null });
      } catch (error) {
        if (left) return;
        store.set({ unread: readProblem(error) });
        timer = setTimeout(readAgain, retryMs);
      }
    }
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [store, rows, first, end, windowed, filtered, total, tries]);
  return readAgain;
}

function missingLines(store: LogStore, rows: Rows, first: number, end: number): number[] {
  const missing: number[] = [];
  for (let row = first; row < end; row++) {
    const line = rows.lineAt(row);
    if (!store.line(line)) missing.push(line);
  }
  return missing;
}
