import { systemClock } from '@nexomatic/clock';
import { Link } from '@remix-run/react';
import { useState } from 'react';
import { freezeQuery, type ListAddress, queryOf } from './list-address.ts';
import type { ShownRow } from './merge-rows.ts';
import type { Selection } from './use-selection.ts';

/** What can be done with the selected rows, or with everything that the filter finds. */
export function SelectionBar(props: { selection: Selection; rows: readonly ShownRow[]; address: ListAddress }) {
  const { selection, rows, address } = props;
  const { ids } = selection;
  const [everything, setEverything] = useState(false);
  const all = ids.length === rows.length;
  const whole = all && everything;
  const link = (action: string): string => {
    const q = whole ? freezeQuery(queryOf(address.text), systemClock.now()) : `id:(${ids.join(',')})`;
    return `../bulk/new?${new URLSearchParams({ action, q })}`;
  };
  return (
    <div className="selection-bar">
      <span role="status" className="tabular-nums">
        {whole ? 'Everything that the filter finds' : `${ids.length} selected`}
      </span>
      {all && !everything ? (
        <button type="button" className="button-quiet link" onClick={() => setEverything(true)}>
          Select everything that the filter finds
        </button>
      ) : null}
      {all ? null : (
        <button type="button" className="button-quiet link" onClick={() => selection.selectAll(true)}>
          Select all {rows.length} of this page
        </button>
      )}
      <Link to={link('rerun')} className="button">
        Re-run…
      </Link>
      <Link to={link('cancel')} className="button-danger">
        Cancel…
      </Link>
      <button type="button" className="button-quiet ml-auto" onClick={selection.clear}>
        Clear
      </button>
    </div>
  );
}
