import type { Id } from '@nexomatic/contracts/id';
import { type LogKind, logKinds } from '@nexomatic/contracts/log-api';
import { lineText } from '@nexomatic/contracts/log-line-text';
import { useSearchParams } from '@remix-run/react';
import { useMemo } from 'react';
import type { LogState, LogStore } from './log-store.ts';
import { noSearch } from './search-log.ts';
import { textOf } from './to-line.ts';
import type { Client } from './use-log.ts';
import { useSearch } from './use-search.ts';

export interface Filter {
  /** Empty: every kind. */
  kinds: readonly LogKind[];
  text: string;
}

/** What the address asks to see of the log. */
export function useFilterInAddress(): [Filter, (filter: Partial<Filter>) => void] {
  const [search, setSearch] = useSearchParams();
  const kinds = search.get('lines') ?? '';
  const text = search.get('holding') ?? '';
  const filter = useMemo(
    () => ({ kinds: logKinds.filter((kind) => kinds.split(',').includes(kind)), text }),
    [kinds, text],
  );

  function change(changed: Partial<Filter>): void {
    const next = { ...filter, ...changed };
    setSearch(
      (before) => {
        put(before, 'lines', next.kinds.join(','));
        put(before, 'holding', next.text);
        return before;
      },
      { replace: true, preventScrollReset: true },
    );
  }
  return [filter, change];
}

function put(search: URLSearchParams, key: string, value: string): void {
  if (value === '') search.delete(key);
  else search.set(key, value);
}

interface FilterOptions {
  client: Client;
  id: Id<'event'>;
  store: LogStore;
  state: LogState;
  filter: Filter;
  /** Every line is at hand, so that nothing has to be asked. */
  whole: boolean;
}

/** Numbers of the lines that the filter lets through; null without one. */
export function useFilteredLines({ client, id, store, state, filter, whole }: FilterOptions) {
  const on = filter.kinds.length > 0 || filter.text !== '';
  const query = useMemo(
    () =>
      on && !whole ? { text: filter.text, ...(filter.kinds.length > 0 ? { kinds: [...filter.kinds] } : {}) } : null,
    [on, whole, filter],
  );
  const { attempt, total } = state;
  const search = useSearch({ client, id, attempt, total, query, onEntries: store.put });
  // The state changes when lines have come
  const here = useMemo(() => (on && whole ? linesHere(store, filter) : null), [on, whole, store, filter, state]);
  if (!on) return { ...noSearch, lines: null };
  return here ? { ...noSearch, lines: here } : search;
}

function linesHere(store: LogStore, { kinds, text }: Filter): number[] {
  const lower = text.toLowerCase();
  const lines: number[] = [];
  for (let number = 1; number <= store.state().total; number++) {
    const line = store.line(number);
    if (!line || (kinds.length > 0 && !kinds.includes(line.kind))) continue;
    if (
      lineText({ text: textOf(line), fields: line.fields })
        .toLowerCase()
        .includes(lower)
    )
      lines.push(number);
  }
  return lines;
}
