import type { Id } from '@nexomatic/contracts/id';
import { useCallback, useMemo, useState } from 'react';
import { groupMarkPattern } from './group-mark.ts';
import { groupsOf, type LogGroup } from './groups.ts';
import type { LogState, LogStore } from './log-store.ts';
import type { LogQuery } from './search-log.ts';
import type { Client } from './use-log.ts';
import { useSearch } from './use-search.ts';

const markQuery: LogQuery = { text: groupMarkPattern, regex: true, case: true, kinds: ['stdout', 'stderr'] };

interface GroupOptions {
  client: Client;
  id: Id<'event'>;
  store: LogStore;
  state: LogState;
  /** So long that only some of it is read: then its groups are looked for on the hub. */
  long: boolean;
  /** Lines that are to be seen. */
  shown: readonly number[];
}

/** The groups of a log, and which of them are open. */
export function useGroups({ client, id, store, state, long, shown }: GroupOptions) {
  const [toggled, setToggled] = useState<ReadonlyMap<number, boolean>>(new Map());
  const { attempt, total, marks, errors, error, status } = state;
  const search = useSearch({ client, id, attempt, total, query: long ? markQuery : null, onEntries: store.put });
  // As lines come
  const known = useMemo(() => (long ? search.to : store.readTo()), [long, search.to, store, state]);

  const groups = useMemo(() => {
    const wanted = [...shown, ...errors, ...(error === null ? [] : [error])];
    return groupsOf({ marks, total, known, shown: wanted, running: status === 'following' });
  }, [marks, total, known, shown, errors, error, status]);
  const byLine = useMemo(() => new Map(groups.map((group) => [group.line, group])), [groups]);
  const isOpen = useCallback((group: LogGroup) => toggled.get(group.line) ?? group.open, [toggled]);

  return {
    groups,
    byLine,
    isOpen,
    toggle: (line: number) => {
      const group = byLine.get(line);
      if (group) setToggled(new Map(toggled).set(line, !isOpen(group)));
    },
    /** Opens whatever hides a line. */
    openFor: (line: number) => {
      const group = groups.find((one) => line > one.line && line <= one.end);
      if (group && !isOpen(group)) setToggled(new Map(toggled).set(group.line, true));
    },
  };
}
