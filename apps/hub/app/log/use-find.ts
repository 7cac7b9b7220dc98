import type { Id } from '@nexomatic/contracts/id';
import { useEffect, useState } from 'react';
import type { LogState } from './log-store.ts';
import type { LogQuery } from './search-log.ts';
import type { Client } from './use-log.ts';
import { useSearch } from './use-search.ts';

/** So long after the last key it is searched. */
const pauseMs = 180;

interface FindOptions {
  client: Client;
  id: Id<'event'>;
  state: LogState;
  /** Shows a line, if it is among those that are shown. */
  reveal: (line: number) => boolean;
  /** Where to begin: a line that is seen now. */
  seen: () => number;
}

/** Finds text in all of the log, and goes from place to place. */
export function useFind({ client, id, state, reveal, seen }: FindOptions) {
  const [open, setOpen] = useState(false);
  const [asked, setAsked] = useState<Required<Omit<LogQuery, 'kinds'>>>({ text: '', regex: false, case: false });
  const [query, setQuery] = useState<LogQuery | null>(null);
  const [current, setCurrent] = useState(0);
  const search = useSearch({ client, id, attempt: state.attempt, total: state.total, query });

  useEffect(() => {
    if (!open || asked.text === '') return setQuery(null);
    const timer = setTimeout(() => setQuery(asked), pauseMs);
    return () => clearTimeout(timer);
  }, [open, asked]);

  // Only the first place of a new search is gone to by itself
  useEffect(() => {
    if (query === null) setCurrent(0);
    else if (current === 0 && search.lines.length > 0)
      go(search.lines.find((line) => line >= seen()) ?? search.lines[0]);
  }, [query, search.lines]);

  function go(line: number | undefined): void {
    if (line === undefined) return;
    setCurrent(line);
    reveal(line);
  }

  /** The nearest place in that direction that is shown, round the end. */
  function step(direction: 1 | -1): void {
    const { lines } = search;
    const at =
      direction === 1 ? lines.findIndex((line) => line > current) : lines.findLastIndex((line) => line < current);
    for (let tried = 0; tried < lines.length; tried++) {
      const start = at === -1 ? (direction === 1 ? 0 : lines.length - 1) : at;
      const line = lines[(start + direction * tried + lines.length) % lines.length];
      if (line === undefined || !reveal(line)) continue;
      setCurrent(line);
      return;
    }
  }

  return {
    open,
    setOpen,
    asked,
    ask: (change: Partial<typeof asked>) => {
      setCurrent(0);
      setAsked({ ...asked, ...change });
    },
    query,
    search,
    current,
    place: search.lines.indexOf(current) + 1,
    step,
  };
}

export type Find = ReturnType<typeof useFind>;
