import type { EventDetail } from '@nexomatic/contracts/event-api';
import { Link } from '@remix-run/react';
import { StatePill } from '../components/state-pill.tsx';
import { TimeText } from '../time/time-text.tsx';

/** Which event this one repeats, and which ones repeat it. */
export function Reruns({ event: { rerunOf, reruns } }: { event: EventDetail }) {
  if (rerunOf === null && reruns.length === 0) return null;
  return (
    <section className="reruns" aria-label="Re-runs">
      {rerunOf === null ? null : (
        <p>
          A re-run of{' '}
          <Link to={`../${rerunOf}`} relative="path" className="link">
            the event that ran before
          </Link>
        </p>
      )}
      {reruns.length === 0 ? null : (
        <>
          <h2>Re-run as</h2>
          <ol>
            {reruns.map(({ id, state, reason, createdAt }) => (
              <li key={id}>
                <Link
                  to={`../${id}`}
                  relative="path"
                  className="link"
                  discover="none"
                  aria-label={`The re-run that is ${state}`}
                >
                  <StatePill state={state} reason={reason} />
                </Link>
                <TimeText at={createdAt} />
              </li>
            ))}
          </ol>
        </>
      )}
    </section>
  );
}
