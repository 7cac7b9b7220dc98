import type { EventDetail } from '@nexomatic/contracts/event-api';
import { Link } from '@remix-run/react';
import { KeyValue } from '../components/key-value.tsx';
import { objectPath } from '../frame/objects.ts';
import { Duration } from '../time/duration.tsx';
import { TimeText } from '../time/time-text.tsx';

/** Where an event came from, where it ran, and when. */
export function EventFacts({ event, tenant }: { event: EventDetail; tenant: string }) {
  const { createdAt, startedAt, finishedAt, sink, attempt } = event;
  const typePath = objectPath(tenant, event.eventTypeId);
  const nowhere = <span className="text-faint">{finishedAt === null ? 'none yet' : 'none'}</span>;
  return (
    <KeyValue
      items={[
        typePath === null ? null : { name: 'Event type', value: <TypeLink to={typePath} name={event.type} /> },
        { name: 'Started by', value: <Origin event={event} tenant={tenant} /> },
        { name: 'Created', value: <TimeText at={createdAt} /> },
        startedAt === null ? null : { name: 'Waited', value: <Duration from={createdAt} to={startedAt} /> },
        { name: durationName(event), value: <Duration from={startedAt ?? createdAt} to={finishedAt} /> },
        { name: 'Sink', value: sink ?? nowhere },
        attempt > 0 ? { name: 'Attempt', value: attempt } : null,
      ]}
    />
  );
}

const TypeLink = ({ to, name }: { to: string; name: string }) => (
  <Link to={to} className="link">
    {name}
  </Link>
);

/** An event that ended before any code ran has waited and nothing else. */
function durationName({ startedAt, finishedAt }: EventDetail): string {
  if (startedAt === null) return finishedAt === null ? 'Waiting' : 'Waited';
  return finishedAt === null ? 'Running' : 'Took';
}

function Origin({ event, tenant }: { event: EventDetail; tenant: string }) {
  if (event.rerunOf !== null) return 'a re-run';
  if (event.schedule !== null)
    return (
      <>
        the schedule{' '}
        <Link to={objectPath(tenant, event.schedule.id) ?? '.'} className="link">
          {event.schedule.name}
        </Link>
      </>
    );
  if (event.parentId === null) return event.source ?? <span className="text-faint">nobody</span>;
  const parent = event.chain.find((one) => one.id === event.parentId);
  return (
    <>
      <Link to={`../${event.parentId}`} relative="path" className="link">
        {parent?.type ?? 'another event'}
      </Link>
      {event.edge ? <span className="text-muted"> on {event.edge}</span> : null}
    </>
  );
}
