import type { EventDetail } from '@nexomatic/contracts/event-api';
import { Link } from '@remix-run/react';
import { EmptyState } from '../components/empty-state.tsx';
import { reasonTexts } from '../components/reasons.ts';
import { StatePill } from '../components/state-pill.tsx';
import { objectPath } from '../frame/objects.ts';
import { Duration } from '../time/duration.tsx';
import { TimeText } from '../time/time-text.tsx';

type Attempt = EventDetail['attempts'][number];

/** Every execution of an event, first to last; each has a log of its own. */
export function AttemptsTable({ event, tenant }: { event: EventDetail; tenant: string }) {
  const { attempts } = event;
  const ended = event.finishedAt !== null;
  if (attempts.length === 0 && ended)
    return <EmptyState title="No attempt">The event ended before any code ran.</EmptyState>;
  if (attempts.length === 0)
    return <EmptyState title="No attempt yet">The first one begins when a sink takes the event.</EmptyState>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a pane that scrolls has to be reachable by keyboard
    <section className="scroll-x" aria-label="Attempts" tabIndex={0}>
      <table className="plain attempts">
        <thead>
          <tr>
            <th scope="col">Attempt</th>
            <th scope="col">Outcome</th>
            <th scope="col">Sink</th>
            <th scope="col">Started</th>
            <th scope="col">Took</th>
            <th scope="col">Exit</th>
            <th scope="col">Definition</th>
            <th scope="col">Message</th>
            <th scope="col">
              <span className="sr-only">Log</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {attempts.map((attempt) => (
            <tr key={attempt.number}>
              <th scope="row" className="tabular-nums">
                {attempt.number}
              </th>
              <td>
                <Outcome attempt={attempt} />
              </td>
              <td>{attempt.sink ?? '–'}</td>
              <td>
                <TimeText at={attempt.startedAt} />
              </td>
              <td>
                <Duration from={attempt.startedAt} to={attempt.finishedAt} />
              </td>
              <td className="tabular-nums">{attempt.exitCode ?? '–'}</td>
              <td className="text-muted">
                <Version id={event.eventTypeId} word="type" version={attempt.eventTypeVersion} tenant={tenant} />
                {' · '}
                <Version id={event.actionId} word="action" version={attempt.actionVersion} tenant={tenant} />
              </td>
              <td className="attempt-message text-muted">{attempt.message ?? '–'}</td>
              <td>
                <Link to={`?tab=log&attempt=${attempt.number}`} replace preventScrollReset className="link">
                  Log<span className="sr-only"> of attempt {attempt.number}</span>
                </Link>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** An attempt may end in two ways that an event can't: its sink was lost, or gave it back. */
function Outcome({ attempt: { state, reason } }: { attempt: Attempt }) {
  if (state !== 'LOST' && state !== 'HANDED_BACK') return <StatePill state={state} reason={reason} />;
  return (
    <span className="text-muted">
      {state === 'LOST' ? 'Lost' : 'Handed back'}
      {reason && reason !== 'sink_lost' && reason !== 'handed_back' ? ` · ${reasonTexts[reason].word}` : null}
    </span>
  );
}

/** Which version of a definition an attempt ran, with the way there. */
function Version(props: { id: string; word: string; version: number | null; tenant: string }) {
  const { id, word, version, tenant } = props;
  const path = objectPath(tenant, id);
  const text = version === null ? word : `${word} v${version}`;
  return path === null ? (
    text
  ) : (
    <Link to={path} className="link" discover="none">
      {text}
    </Link>
  );
}
