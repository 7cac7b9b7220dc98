import { maxCounted, type Overview } from '@nexomatic/contracts/overview-api';
import { Link } from '@remix-run/react';
import { StateIcon } from '../components/state-icon.tsx';
import { Duration } from '../time/duration.tsx';
import { formatCount } from './figures.ts';
import { eventsHref } from './range-address.ts';

/** What the sinks are at, longest first. */
export function RunningNow({ running, tenant }: { running: Overview['running']; tenant: string }) {
  const { count, more, longest } = running;
  const total = more ? `${formatCount(maxCounted)}+` : formatCount(count);
  return (
    <section className="card digest" aria-label="Running now">
      <header className="digest-head">
        <h2>Running now{count > 0 ? <span className="digest-total">{total}</span> : null}</h2>
        {count > longest.length ? (
          <Link to={eventsHref(tenant, 'state:running since:all')} className="link">
            Show all
          </Link>
        ) : null}
      </header>
      {longest.length === 0 ? (
        <p className="digest-empty">No event is running.</p>
      ) : (
        <ul className="digest-list digest-scroll">
          {longest.map(({ id, type, sink, startedAt }) => (
            <li key={id} className="row digest-row state-RUNNING">
              <StateIcon state="RUNNING" />
              <div className="digest-line min-w-0">
                <Link to={`/t/${tenant}/events/${id}`} className="row-link">
                  {type}
                </Link>
                {sink === null ? null : <span className="digest-reason">on {sink}</span>}
              </div>
              <div className="digest-side">
                <Duration from={startedAt} to={null} />
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
