import type { Id } from '@nexomatic/contracts/id';
import type { LogEntry } from '@nexomatic/contracts/log-api';
import { useEffect, useRef, useState } from 'react';
import { createSearch, type LogQuery, type LogSearch, noSearch } from './search-log.ts';
import type { Client } from './use-log.ts';

/** Lines that are found at most; more of them help nobody. */
const maxLines = 10_000;
/** So long after a failure that may pass it looks on. */
const retryMs = 4_000;

interface SearchOptions {
  client: Client;
  id: Id<'event'>;
  attempt: number;
  total: number;
  /** Null: nothing is looked for. Another object is another search. */
  query: LogQuery | null;
  /** Takes the lines themselves, where they are wanted too. */
  onEntries?: (entries: LogEntry[]) => void;
}

/** The lines of a log that a query finds, as the hub finds them. */
export function useSearch({ client, id, attempt, total, query, onEntries }: SearchOptions): LogSearch {
  const [search, setSearch] = useState<LogSearch>(noSearch);
  const running = useRef<ReturnType<typeof createSearch> | null>(null);
  const entries = onEntries !== undefined;
  const taken = useRef(onEntries);
  taken.current = onEntries;

  useEffect(() => {
    setSearch(noSearch);
    if (query === null || attempt === 0) return;
    const made = createSearch({
      most: maxLines,
      changed: setSearch,
      async ask(from) {
        const found = await client.events.findInLog.query({ ...query, id, attempt, from, entries });
        taken.current?.(found.entries);
        return found;
      },
    });
    running.current = made;
    return () => {
      made.end();
      running.current = null;
    };
  }, [client, id, attempt, query, entries]);

  // A new search has to be run too
  useEffect(() => void running.current?.run(total), [total, query, attempt, client]);

  const failed = search.problem?.passing === true;
  useEffect(() => {
    if (!failed) return;
    const timer = setInterval(() => void running.current?.run(total), retryMs);
    return () => clearInterval(timer);
  }, [failed, total]);

  return search;
}
