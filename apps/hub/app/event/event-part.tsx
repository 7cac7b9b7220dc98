import type { EventDetail } from '@nexomatic/contracts/event-api';
import { Link } from '@remix-run/react';
import { EmptyState } from '../components/empty-state.tsx';
import { BodyView } from '../json/body-view.tsx';
import { LogView } from '../log/log-view.tsx';
import { ActivityList } from './activity-list.tsx';
import { AttemptsTable } from './attempts-table.tsx';
import { findPayload } from './find-payload.ts';
import { ParametersTable } from './parameters-table.tsx';
import type { Tab } from './tabs.tsx';

interface PartProps {
  event: EventDetail;
  tab: Tab;
  tenant: string;
  /** Attempt that the address asks for. */
  attemptAsked: number | undefined;
}

/** The part of an event that the address names. */
export function EventPart({ event, tab, tenant, attemptAsked }: PartProps) {
  const attempt = event.attempts.find((one) => one.number === attemptAsked) ?? event.attempts.at(-1);
  if (tab === 'log') {
    return (
      <>
        {event.attempts.length > 1 ? <AttemptChoice event={event} current={attempt?.number} /> : null}
        <LogView
          // The first attempt may begin while its log is looked at; a later one is another log.
          key={`${event.id} ${attemptAsked ?? Math.max(1, event.attempts.length)}`}
          tenant={tenant}
          eventId={event.id}
          attempt={attemptAsked === undefined ? undefined : attempt?.number}
          state={event.state}
          startedAt={attempt?.startedAt ?? null}
          archived={attempt?.logArchived === true}
          fileUrl={attempt ? `/t/${tenant}/events/${event.id}/attempts/${attempt.number}/log` : null}
        />
      </>
    );
  }
  const bodyUrl = (name: string): string => `/api/v1/events/${event.id}/${name}?tenant=${encodeURIComponent(tenant)}`;
  if (tab === 'payload' && !event.payloadKept)
    return (
      <EmptyState title="Payload no longer kept">It was purged, or its time was over. The event stays.</EmptyState>
    );
  if (tab === 'payload')
    return (
      <BodyView
        key={event.id}
        body={event.payload}
        name="payload"
        downloadUrl={bodyUrl('payload')}
        findHref={findPayload(tenant, event.type, event.searchKeys)}
      />
    );
  if (tab === 'parameters') return <ParametersTable attempt={attempt} ended={event.finishedAt !== null} />;
  if (tab === 'attempts') return <AttemptsTable event={event} tenant={tenant} />;
  if (tab === 'activity') return <ActivityList event={event} />;
  if (event.result)
    return <BodyView key={event.id} body={event.result} name="result" downloadUrl={bodyUrl('result')} />;
  if (!event.payloadKept)
    return <EmptyState title="Result no longer kept">It was purged, or its time was over. The event stays.</EmptyState>;
  return <EmptyState title="No result">{withoutResult(event)}</EmptyState>;
}

function withoutResult({ finishedAt, attempts, state }: EventDetail): string {
  if (finishedAt === null) return 'It is there once the event has completed.';
  if (attempts.length === 0) return 'The event ended before any code ran.';
  return state === 'ERROR' ? 'The module failed before it returned anything.' : 'The module returned nothing.';
}

function AttemptChoice({ event, current }: { event: EventDetail; current: number | undefined }) {
  return (
    <nav className="pane-bar" aria-label="Attempts">
      <span className="text-muted text-xs">Attempt</span>
      <div className="segments">
        {event.attempts.map(({ number }) => (
          <Link
            key={number}
            to={`?tab=log&attempt=${number}`}
            replace
            preventScrollReset
            aria-current={number === current ? 'page' : undefined}
          >
            {number}
          </Link>
        ))}
      </div>
    </nav>
  );
}
