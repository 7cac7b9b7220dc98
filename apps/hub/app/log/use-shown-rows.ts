import type { Id } from '@nexomatic/contracts/id';
import { useMemo } from 'react';
import type { LogState, LogStore } from './log-store.ts';
import { rowsOfGroups, rowsOfLines } from './rows.ts';
import { useFilteredLines, useFilterInAddress } from './use-filter.ts';
import { useGroups } from './use-groups.ts';
import type { LineRange } from './use-line-range.ts';
import type { Client } from './use-log.ts';

/** Plain lines up to here, so that the browser's own find and copy work; of more, only those that are seen are in the page. */
const maxPlain = 5_000;

interface RowsOptions {
  client: Client;
  id: Id<'event'>;
  store: LogStore;
  state: LogState;
  range: LineRange | null;
}

/** Which lines are shown: what the filter lets through, or all but those of folded groups. */
export function useShownRows({ range, ...log }: RowsOptions) {
  const { store, state } = log;
  const [filter, setFilter] = useFilterInAddress();
  const long = state.total > maxPlain;
  const whole = !long && state.total > 0 && store.readTo() === state.total;
  const filtered = useFilteredLines({ ...log, filter, whole });
  const shown = useMemo(() => (range ? [range.from] : []), [range]);
  const groups = useGroups({ ...log, long, shown });
  const { lines } = filtered;
  const rows = useMemo(
    () => (lines ? rowsOfLines(lines) : rowsOfGroups(state.total, { ...groups, lost: state.lost })),
    [lines, state.total, state.lost, groups.groups, groups.isOpen],
  );
  return { rows, filter, setFilter, filtered, groups, whole, windowed: rows.count > maxPlain };
}
