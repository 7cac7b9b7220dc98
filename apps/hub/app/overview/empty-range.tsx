import type { Overview } from '@nexomatic/contracts/overview-api';
import { Link } from '@remix-run/react';
import { TimeText } from '../time/time-text.tsx';
import { rangeHref, rangeWords, widerRange } from './range-address.ts';

/** Whether nothing at all was fired or ended in the range. */
export const isEmpty = ({ total: { fired, success, warning, error } }: Overview): boolean =>
  fired + success + warning + error === 0;

/** Says when the last event came, and offers to look further back. */
export function EmptyRange({ overview, introduced }: { overview: Overview; introduced: boolean }) {
  const { range, lastEventAt } = overview;
  // The first steps say it better.
  if (lastEventAt === null && introduced) return null;
  const wider = widerRange(range);
  return (
    <div className="card empty-range">
      <h2>Nothing in the last {rangeWords[range]}</h2>
      {lastEventAt === null ? (
        <p>No event has come yet.</p>
      ) : (
        <p>
          The last event came <TimeText at={lastEventAt} />.
        </p>
      )}
      {lastEventAt === null || wider === null ? null : (
        <Link to={rangeHref(wider)} className="button">
          Widen to {rangeWords[wider]}
        </Link>
      )}
    </div>
  );
}
