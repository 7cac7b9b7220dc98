import type { ErrorGroup, Overview } from '@nexomatic/contracts/overview-api';
import { Link } from '@remix-run/react';
import { reasonTexts } from '../components/reasons.ts';
import { StateIcon } from '../components/state-icon.tsx';
import { TimeText } from '../time/time-text.tsx';
import { countOf, formatCount } from './figures.ts';
import { eventsHref, rangeWords } from './range-address.ts';

const shown = 8;

/** What failed in the range, alike under one entry, which leads to the latest. */
export function RecentErrors({ overview, tenant }: { overview: Overview; tenant: string }) {
  const { errors, range } = overview;
  const hidden = errors.groups.length - shown;
  return (
    <section className="card digest" aria-label="Recent errors">
      <header className="digest-head">
        <h2>Recent errors</h2>
        {errors.looked === 0 ? null : (
          <Link to={eventsHref(tenant, `state:error since:${range}`)} className="link">
            Show all
          </Link>
        )}
      </header>
      {errors.groups.length === 0 ? (
        <p className="digest-empty">No event failed in the last {rangeWords[range]}.</p>
      ) : (
        <ul className="digest-list">
          {errors.groups.slice(0, shown).map((group) => (
            <ErrorItem key={group.latestId} group={group} tenant={tenant} />
          ))}
        </ul>
      )}
      {hidden > 0 ? <p className="digest-more">and {countOf(hidden, 'other kind')} of error</p> : null}
    </section>
  );
}

function ErrorItem({ group, tenant }: { group: ErrorGroup; tenant: string }) {
  const { type, reason, message, count, lastAt, latestId } = group;
  return (
    <li className="row digest-row state-ERROR">
      <StateIcon state="ERROR" />
      <div className="min-w-0">
        <div className="digest-line">
          <Link to={`/t/${tenant}/events/${latestId}`} className="row-link" aria-label={`Open the latest: ${type}`}>
            {type}
          </Link>
          {reason ? <span className="digest-reason">{reasonTexts[reason].word}</span> : null}
        </div>
        {message ? <div className="digest-message">{message}</div> : null}
      </div>
      <div className="digest-side">
        <Link
          to={eventsHref(tenant, `state:error type:${type}`)}
          className="digest-count"
          aria-label={`${countOf(count, 'event')} of this kind: show errors of ${type}`}
        >
          {formatCount(count)} ×
        </Link>
        <TimeText at={lastAt} focusable={false} />
      </div>
    </li>
  );
}
