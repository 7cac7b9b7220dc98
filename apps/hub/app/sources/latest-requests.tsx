import type { RequestSummary } from '@nexomatic/contracts/request-api';
import { Link } from '@remix-run/react';
import { TimeText } from '../time/time-text.tsx';
import { OutcomeBadge } from './requests/outcome-badge.tsx';
import { causeWords } from './requests/request-words.ts';

/** The last few requests of a source, and the way to all of them. */
export function LatestRequests({ requests }: { requests: readonly RequestSummary[] }) {
  if (requests.length === 0)
    return (
      <p className="text-muted text-sm">
        Waiting for the first request. It appears here by itself.{' '}
        <Link to="set-up" className="link">
          How to send one
        </Link>
      </p>
    );
  return (
    <>
      <ul className="short-list">
        {requests.map(({ id, outcome, status, cause, events, receivedAt }) => (
          <li key={id}>
            <OutcomeBadge outcome={outcome} />
            <Link to={`requests?request=${id}`} className="link min-w-0 truncate">
              {events[0]?.name ?? (cause ? causeWords(cause) : `answered ${status}`)}
            </Link>
            <span className="ml-auto text-muted">
              <TimeText at={receivedAt} />
            </span>
          </li>
        ))}
      </ul>
      <Link to="requests" className="link mt-2 inline-block text-sm">
        All its requests
      </Link>
    </>
  );
}
