import type { EventTypeSummary } from '@nexomatic/contracts/event-type-api';
import { Link, useParams, useSearchParams } from '@remix-run/react';
import { Badge } from '../components/badge.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { StateIcon } from '../components/state-icon.tsx';
import { DataTable } from '../components/table/data-table.tsx';
import type { TableColumn } from '../components/table/table-column.ts';
import { objectPath } from '../frame/objects.ts';
import { useMay } from '../frame/use-may.ts';
import { TimeText } from '../time/time-text.tsx';
import { sourceKindWords } from './event-type-fields.ts';
import { EventTypeMenu } from './event-type-menu.tsx';

const columns: readonly TableColumn<EventTypeSummary>[] = [
  { id: 'name', header: 'Name', cell: ({ name }) => name, fill: true },
  { id: 'enabled', header: 'State', cell: ({ enabled }) => <Enabled enabled={enabled} /> },
  {
    id: 'source',
    header: 'Fired by',
    cell: ({ sourceKind }) =>
      sourceKind ? sourceKindWords[sourceKind].label : <span className="text-faint">anything</span>,
    from: 'md',
  },
  { id: 'action', header: 'Action', cell: ({ action }) => <ActionLink action={action} /> },
  { id: 'sinkType', header: 'Runs on', cell: ({ sinkType }) => sinkType.name, from: 'sm' },
  { id: 'last', header: 'Last event', cell: ({ lastEvent }) => <LastEvent event={lastEvent} />, align: 'end' },
  {
    id: 'updated',
    header: 'Changed',
    cell: ({ updatedAt }) => <TimeText at={updatedAt} focusable={false} />,
    align: 'end',
    optional: true,
  },
];

export const Enabled = ({ enabled }: { enabled: boolean }) =>
  enabled ? <Badge tone="good">enabled</Badge> : <Badge tone="warning">disabled</Badge>;

function ActionLink({ action }: { action: EventTypeSummary['action'] }) {
  const { tenant = '' } = useParams();
  const path = objectPath(tenant, action.id);
  return (
    <span title={action.module}>
      {path ? (
        <Link to={path} className="link" discover="none">
          {action.name}
        </Link>
      ) : (
        action.name
      )}
    </span>
  );
}

function LastEvent({ event }: { event: EventTypeSummary['lastEvent'] }) {
  if (!event) return <span className="text-faint">never</span>;
  return (
    <span className={`last-event state-${event.state}`}>
      <StateIcon state={event.state} />
      <span className="sr-only">{event.state}</span>
      <TimeText at={event.createdAt} focusable={false} />
    </span>
  );
}

/** The event types of a tenant, by name. */
export function EventTypeList({ eventTypes }: { eventTypes: readonly EventTypeSummary[] }) {
  return (
    <DataTable
      name="event-types"
      caption="Event types by name"
      columns={columns}
      rows={eventTypes}
      rowId={({ id }) => id}
      rowName={({ name }) => name}
      rowLink={({ id }) => id}
      rowActions={(eventType) => <EventTypeMenu eventType={eventType} />}
      empty={<NoEventTypes />}
    />
  );
}

function NoEventTypes() {
  const may = useMay();
  const { tenant = '' } = useParams();
  const [query] = useSearchParams();
  if (query.get('search') || query.get('enabled'))
    return (
      <EmptyState title="No event type is like that">
        <Link to="." className="button">
          Show every event type
        </Link>
      </EmptyState>
    );
  return (
    <EmptyState title="No event types yet">
      <p>
        An event type is a name that events are fired by. It says what should run, on which sinks, with which values.
      </p>
      {may('definitions.write') ? (
        <ol className="recipe-steps">
          <li>
            <strong>Webhook → script.</strong> <Link to={`/t/${tenant}/event-types/new`}>Make an event type</Link> with
            a new action that names your module, then <Link to={`/t/${tenant}/sources/new`}>a webhook source</Link> that
            fires it.
          </li>
          <li>
            <strong>Chain two steps.</strong> Make the second step first. In the first one’s action choose it under On
            success: the result becomes its payload.
          </li>
          <li>
            <strong>By hand.</strong> Make one, open its Test tab, and fire it with a payload of yours.
          </li>
        </ol>
      ) : (
        <p>Somebody who may edit definitions has to make the first one.</p>
      )}
    </EmptyState>
  );
}
