import type { EventDetail } from '@nexomatic/contracts/event-api';
import { Link } from '@remix-run/react';
import type { ReactNode } from 'react';
import { Duration } from '../time/duration.tsx';
import { TimeText } from '../time/time-text.tsx';

/** Where an event came from, where it ran, and when. */
export function EventFacts({ event }: { event: EventDetail }) {
  return (
    <dl className="facts">
      <Fact name="Started by">
        <Origin event={event} />
      </Fact>
      <Fact name="Created">
        <TimeText at={event.createdAt} />
      </Fact>
      {event.startedAt === null ? null : (
        <Fact name="Waited">
          <Duration from={event.createdAt} to={event.startedAt} />
        </Fact>
      )}
      <Fact name={durationName(event)}>
        <Duration from={event.startedAt ?? event.createdAt} to={event.finishedAt} />
      </Fact>
      <Fact name="Sink">
        {event.sink ?? <span className="text-faint">{event.finishedAt === null ? 'none yet' : 'none'}</span>}
      </Fact>
      {event.attempt > 0 ? <Fact name="Attempt">{event.attempt}</Fact> : null}
    </dl>
  );
}

/** An event that ended before any code ran has waited and nothing else. */
function durationName({ startedAt, finishedAt }: EventDetail): string {
  if (startedAt === null) return finishedAt === null ? 'Waiting' : 'Waited';
  return finishedAt === null ? 'Running' : 'Took';
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Origin({ event }: { event: EventDetail }) {
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
