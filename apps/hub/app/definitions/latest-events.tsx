import type { EventSummary } from '@nexomatic/contracts/event-api';
import { Link, useParams } from '@remix-run/react';
import { StatePill } from '../components/state-pill.tsx';
import { TimeText } from '../time/time-text.tsx';

interface LatestEventsProps {
  events: readonly EventSummary[];
  /** Address of the whole list. */
  all: string;
  /** What is said while there are none. */
  none: string;
}

/** The last few events of a thing, and the way to all of them. */
export function LatestEvents({ events, all, none }: LatestEventsProps) {
  const { tenant = '' } = useParams();
  if (events.length === 0) return <p className="text-muted text-sm">{none}</p>;
  return (
    <>
      <ul className="short-list">
        {events.map(({ id, type, state, reason, createdAt }) => (
          <li key={id}>
            <StatePill state={state} reason={reason} />
            <Link to={`/t/${tenant}/events/${id}`} className="link min-w-0 truncate">
              {type}
            </Link>
            <span className="ml-auto text-muted">
              <TimeText at={createdAt} />
            </span>
          </li>
        ))}
      </ul>
      <Link to={all} className="link mt-2 inline-block text-sm">
        All its events
      </Link>
    </>
  );
}
