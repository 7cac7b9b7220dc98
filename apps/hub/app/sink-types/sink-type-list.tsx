import type { SinkTypeSummary } from '@nexomatic/contracts/sink-type-api';
import { Link, useSearchParams } from '@remix-run/react';
import { EmptyState } from '../components/empty-state.tsx';
import { DataTable } from '../components/table/data-table.tsx';
import type { TableColumn } from '../components/table/table-column.ts';
import { useMay } from '../frame/use-may.ts';
import { runtimeWords } from './sink-type-words.ts';

const columns: readonly TableColumn<SinkTypeSummary>[] = [
  { id: 'name', header: 'Name', cell: ({ name }) => name },
  {
    id: 'runtime',
    header: 'Runtime',
    cell: ({ runtime }) => runtimeWords.find(({ value }) => value === runtime)?.label ?? runtime,
  },
  {
    id: 'description',
    header: 'Description',
    cell: ({ description }) => description || <span className="text-faint">–</span>,
    fill: true,
    from: 'md',
  },
  { id: 'sinks', header: 'Sinks online', cell: ({ sinks }) => `${sinks.online} of ${sinks.total}`, align: 'end' },
  { id: 'usedBy', header: 'Event types', cell: ({ usedBy }) => usedBy.length, align: 'end' },
];

/** The sink types of a tenant, by name. */
export function SinkTypeList({ sinkTypes }: { sinkTypes: readonly SinkTypeSummary[] }) {
  return (
    <DataTable
      name="sink-types"
      caption="Sink types by name"
      columns={columns}
      rows={sinkTypes}
      rowId={({ id }) => id}
      rowName={({ name }) => name}
      rowLink={({ id }) => id}
      empty={<NoSinkTypes />}
    />
  );
}

function NoSinkTypes() {
  const may = useMay();
  const [query] = useSearchParams();
  if (query.has('search'))
    return (
      <EmptyState title={`No sink type has “${query.get('search')}” in its name`}>
        <Link to="." className="button">
          Show every sink type
        </Link>
      </EmptyState>
    );
  return (
    <EmptyState title="No sink types yet">
      <p>
        A sink type says which sinks may run an event. Make one for each place and runtime that you have, such as{' '}
        <code>LINUX:PYTHON</code>, then name it in your event types.
      </p>
      {may('definitions.write') ? (
        <Link to="new" className="button-primary">
          New sink type
        </Link>
      ) : null}
    </EmptyState>
  );
}
