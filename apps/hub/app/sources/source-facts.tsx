import type { SourceDetail } from '@nexomatic/contracts/source-api';
import { Link, useParams } from '@remix-run/react';
import { KeyValue } from '../components/key-value.tsx';
import { objectPath } from '../frame/objects.ts';
import { countRuns } from '../schedules/pile-up/quarters.ts';
import { formatDuration } from '../time/format-time.ts';
import { TimeText } from '../time/time-text.tsx';
import { KindName } from './source-kinds.tsx';

/** What a source is, what it fires, and when it was last heard of. */
export function SourceFacts({ source }: { source: SourceDetail }) {
  const { tenant = '' } = useParams();
  const { kind, lastReceivedAt, eventsLastDay, addressHint, schedulerLag } = source;
  return (
    <KeyValue
      items={[
        { name: 'Kind', value: <KindName kind={kind} /> },
        addressHint ? { name: 'Address', value: <code>{addressHint}</code> } : null,
        kind === 'WEBHOOK' || kind === 'EVENT_GRID' ? { name: 'Fires', value: <Fires source={source} /> } : null,
        {
          name: kind === 'WEBHOOK' ? 'Last request' : kind === 'CUSTOM' ? 'Last seen' : 'Last event',
          value: lastReceivedAt ? <TimeText at={lastReceivedAt} /> : <span className="text-faint">never</span>,
        },
        {
          name: 'Events in 24 hours',
          value: (
            <Link to={eventsOf(tenant, source.name)} className="link tabular-nums">
              {eventsLastDay > 1_000 ? '1,000+' : eventsLastDay}
            </Link>
          ),
        },
        schedulerLag
          ? {
              name: 'Fires after the planned time',
              value: `median ${formatDuration(schedulerLag.medianMs)}, at most ${formatDuration(schedulerLag.maxMs)} (${countRuns(schedulerLag.runs)})`,
            }
          : null,
        schedulerLag ? { name: 'Last fired', value: <TimeText at={schedulerLag.lastFiredAt} /> } : null,
        { name: 'Made', value: <TimeText at={source.createdAt} /> },
      ]}
    />
  );
}

function Fires({ source: { eventType, settings } }: { source: SourceDetail }) {
  const { tenant = '' } = useParams();
  const routes = settings?.routing.routes.length ?? 0;
  const path = eventType && objectPath(tenant, eventType.id);
  const otherwise = path ? (
    <Link to={path} className="link">
      {eventType.name}
    </Link>
  ) : (
    (eventType?.name ?? <span className="text-faint">nothing</span>)
  );
  if (routes === 0) return otherwise;
  return (
    <>
      <Link to="routing" className="link">
        {routes === 1 ? '1 route' : `${routes} routes`}
      </Link>
      , else {otherwise}
    </>
  );
}

/** The list of events that a source fired. */
export const eventsOf = (tenant: string, source: string): string =>
  `/t/${tenant}/events?q=${encodeURIComponent(`source:${source}`)}`;
