import type { SinkSummary } from '@nexomatic/contracts/sink-api';
import { Link, useParams, useSearchParams } from '@remix-run/react';
import { EmptyState } from '../components/empty-state.tsx';
import { DataTable } from '../components/table/data-table.tsx';
import type { TableColumn } from '../components/table/table-column.ts';
import { objectPath } from '../frame/objects.ts';
import { TimeText } from '../time/time-text.tsx';
import { Labels } from './labels.tsx';
import { SinkStatus } from './sink-status.tsx';
import { countWord, Slots } from './slots.tsx';

const columns: readonly TableColumn<SinkSummary>[] = [
  { id: 'name', header: 'Name', cell: ({ name }) => name },
  { id: 'status', header: 'Status', cell: (sink) => <SinkStatus {...sink} /> },
  { id: 'type', header: 'Type', cell: ({ type }) => <TypeLink type={type} /> },
  {
    id: 'host',
    header: 'Host',
    cell: ({ hostname, platform }) => [hostname, platform].filter(Boolean).join(' · ') || '–',
    fill: true,
    from: 'md',
  },
  { id: 'version', header: 'Version', cell: ({ version }) => version ?? '–', from: 'lg' },
  { id: 'runtime', header: 'Runtime', cell: ({ runtimeVersion }) => runtimeVersion ?? '–', optional: true },
  { id: 'labels', header: 'Labels', cell: ({ labels }) => <Labels labels={labels} />, from: 'lg', optional: true },
  { id: 'slots', header: 'Busy', cell: (sink) => <Slots {...sink} /> },
  { id: 'waiting', header: 'Waiting', cell: ({ waiting }) => countWord(waiting), align: 'end' },
  {
    id: 'seen',
    header: 'Last seen',
    cell: ({ lastSeenAt }) => (lastSeenAt ? <TimeText at={lastSeenAt} focusable={false} /> : 'never'),
    align: 'end',
    from: 'lg',
  },
];

function TypeLink({ type }: { type: SinkSummary['type'] }) {
  const { tenant = '' } = useParams();
  return <Link to={objectPath(tenant, type.id) ?? '.'}>{type.name}</Link>;
}

/** The sinks of a tenant, by name. */
export function SinkList({ sinks }: { sinks: readonly SinkSummary[] }) {
  return (
    <DataTable
      name="sinks"
      caption="Sinks by name"
      columns={columns}
      rows={sinks}
      rowId={({ id }) => id}
      rowName={({ name }) => name}
      rowLink={({ id }) => id}
      empty={<NoSinks />}
    />
  );
}

function NoSinks() {
  const [query] = useSearchParams();
  if ([...query.keys()].some((key) => key !== 'cursor'))
    return (
      <EmptyState title="No sink is like that">
        <Link to="." className="button">
          Show every sink
        </Link>
      </EmptyState>
    );
  return (
    <EmptyState title="No sinks yet">
      <p>
        A sink is the agent that runs your modules, on a machine in your own network. It dials out to the hub, so
        nothing has to be opened for it: one line makes a machine a sink.
      </p>
      <Link to="new" className="button-primary">
        Add sink
      </Link>
    </EmptyState>
  );
}
