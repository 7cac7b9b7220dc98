import { useCallback, useMemo, useRef, useState } from 'react';

export interface Selection {
  ids: readonly string[];
  has: (id: string) => boolean;
  /** `range` takes every row between this one and the one that was pressed before. */
  select: (id: string, selected: boolean, range?: boolean) => void;
  selectAll: (selected: boolean) => void;
  clear: () => void;
}

/** The selected rows of a list. What has left the page can't be seen, so it is not acted on either. */
export function useSelection(rowIds: readonly string[]): Selection {
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const rows = useRef(rowIds);
  rows.current = rowIds;
  const last = useRef<string>();
  const select = useCallback((id: string, selected: boolean, range = false) => {
    const all = rows.current;
    const [a, b] = [all.indexOf(last.current ?? id), all.indexOf(id)];
    const ids = range && a >= 0 ? all.slice(Math.min(a, b), Math.max(a, b) + 1) : [id];
    last.current = id;
    setPicked((now) => {
      const next = new Set(now);
      for (const one of ids) {
        if (selected) next.add(one);
        else next.delete(one);
      }
      return next;
    });
  }, []);
  const ids = useMemo(() => rowIds.filter((id) => picked.has(id)), [rowIds, picked]);
  return {
    ids,
    has: (id) => picked.has(id),
    select,
    selectAll: (selected) => setPicked(new Set(selected ? rows.current : [])),
    clear: () => setPicked(new Set()),
  };
}
