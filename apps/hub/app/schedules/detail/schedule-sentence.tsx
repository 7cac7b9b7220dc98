import { Link, useParams } from '@remix-run/react';
import { objectPath } from '../../frame/objects.ts';
import { formatDuration } from '../../time/format-time.ts';
import type { ListedSchedule } from '../list/schedule-list.tsx';
import { overlapWords } from '../schedule-words.ts';

/** What a schedule does, in sentences. */
export function ScheduleSentence({ schedule }: { schedule: ListedSchedule }) {
  const { words, timeZone, kind, overlap, jitterSeconds, eventType, pinnedSink } = schedule;
  return (
    <p className="schedule-sentence">
      <strong>{words}</strong> <span className="text-muted">({timeZone})</span> it fires{' '}
      {eventType ? <ObjectLink object={eventType} /> : 'an event type that is gone'} on{' '}
      {pinnedSink ? (
        <>
          the sink <ObjectLink object={pinnedSink} />
        </>
      ) : (
        'any sink of its type'
      )}
      {jitterSeconds > 0 ? `, each run up to ${formatDuration(jitterSeconds * 1000)} later` : ''}.{' '}
      {kind === 'at' ? null : overlapWords[overlap].clause}
    </p>
  );
}

function ObjectLink({ object }: { object: { id: string; name: string } }) {
  const { tenant = '' } = useParams();
  return (
    <Link to={objectPath(tenant, object.id) ?? '.'} className="link">
      {object.name}
    </Link>
  );
}
