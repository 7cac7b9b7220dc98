import type { SourceDetail } from '@nexomatic/contracts/source-api';
import { Link, useParams } from '@remix-run/react';
import { KeyValue } from '../components/key-value.tsx';
import { objectPath } from '../frame/objects.ts';
import { TimeText } from '../time/time-text.tsx';
import { KindName } from './source-kinds.tsx';
import { EnabledBadge } from './source-list.tsx';

/** What a source is, what it fires, and how busy it is. */
export function SourceFacts({ source }: { source: SourceDetail }) {
  const { tenant = '' } = useParams();
  const { kind, eventType, lastReceivedAt, eventsLastDay } = source;
  const path = eventType && objectPath(tenant, eventType.id);
  const target = path ? (
    <Link to={path} className="link">
      {eventType.name}
    </Link>
  ) : (
    (eventType?.name ?? <span className="text-faint">nothing</span>)
  );
  return (
    <KeyValue
      items={[
        { name: 'Kind', value: <KindName kind={kind} /> },
        { name: 'State', value: <EnabledBadge enabled={source.enabled} /> },
        kind === 'WEBHOOK' ? { name: 'Fires', value: target } : null,
        {
          name: 'Last request',
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
        { name: 'Made', value: <TimeText at={source.createdAt} /> },
      ]}
    />
  );
}

/** The list of events that a source fired. */
export const eventsOf = (tenant: string, source: string): string =>
  `/t/${tenant}/events?q=${encodeURIComponent(`source:${source}`)}`;
