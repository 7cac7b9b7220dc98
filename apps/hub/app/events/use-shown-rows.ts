import type { EventSummary } from '@nexomatic/contracts/event-api';
import { useState } from 'react';
import { holdRows, type ShownRows, showAll } from './merge-rows.ts';

interface Basis {
  address: string;
  fresh: readonly EventSummary[];
  shown: ShownRows;
  /** Newest event when the address was opened: rows above it came while somebody watched. */
  openedAt: string;
}

/**
 * The rows to draw for the newest answer of the hub. While `held` (somebody points at the list, or has scrolled into
 * it) rows keep their places; `letIn` shows what waits.
 */
export function useShownRows(options: {
  address: string;
  fresh: readonly EventSummary[];
  complete: boolean;
  held: boolean;
}): ShownRows & { letIn: () => void; openedAt: string } {
  const { address, fresh, complete, held } = options;
  const open = (): Basis => ({ address, fresh, shown: showAll(fresh), openedAt: fresh[0]?.id ?? '' });
  const [basis, setBasis] = useState(open);
  const unsettled = basis.shown.waiting > 0 || basis.shown.rows.some((row) => row.gone);

  let next = basis;
  if (basis.address !== address) next = open();
  else if (!held && (basis.fresh !== fresh || unsettled)) next = { ...basis, fresh, shown: showAll(fresh) };
  else if (basis.fresh !== fresh) next = { ...basis, fresh, shown: holdRows(basis.shown, fresh, complete) };
  if (next !== basis) setBasis(next);

  return {
    ...next.shown,
    openedAt: next.openedAt,
    letIn: () => setBasis((now) => ({ ...now, shown: showAll(now.fresh) })),
  };
}
