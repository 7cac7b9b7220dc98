import type { FoundRecord } from '@nexomatic/contracts/log-search-api';
import { useState } from 'react';
import { recordId } from './logs-address.ts';

interface Tail {
  address: string;
  fresh: readonly FoundRecord[];
  shown: readonly FoundRecord[];
}

/**
 * The records to draw for the newest answer of the hub. While `held` (somebody points at the list, or has scrolled into it)
 * the rows keep their places, and what has come waits until `letIn`.
 */
export function useTail(address: string, fresh: readonly FoundRecord[], held: boolean) {
  const [tail, setTail] = useState<Tail>({ address, fresh, shown: fresh });
  let next = tail;
  if (tail.address !== address || (!held && tail.shown !== fresh)) next = { address, fresh, shown: fresh };
  else if (tail.fresh !== fresh) next = { ...tail, fresh };
  if (next !== tail) setTail(next);
  return {
    records: next.shown,
    waiting: newerThan(next.fresh, next.shown[0]),
    letIn: () => setTail((now) => ({ ...now, shown: now.fresh })),
  };
}

/** How many stand before that one; all of them when it is no longer among them. */
function newerThan(fresh: readonly FoundRecord[], newest: FoundRecord | undefined): number {
  if (!newest) return fresh.length;
  const at = fresh.findIndex((record) => recordId(record) === recordId(newest));
  return at < 0 ? fresh.length : at;
}
