import type { SourceSummary } from '@nexomatic/contracts/source-api';
import { Link, useParams, useSearchParams } from '@remix-run/react';
import { Badge } from '../components/badge.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { DataTable } from '../components/table/data-table.tsx';
import type { TableColumn } from '../components/table/table-column.ts';
import { objectPath } from '../frame/objects.ts';
import { useMay } from '../frame/use-may.ts';
import { TimeText } from '../time/time-text.tsx';
import { KindName } from './source-kinds.tsx';

const columns: readonly TableColumn<SourceSummary>[] = [
  { id: 'name', header: 'Name', cell: ({ name }) => name },
  { id: 'kind', header: 'Kind', cell: ({ kind }) => <KindName kind={kind} /> },
  {
    id: 'address',
    header: 'Address',
    cell: ({ addressHint }) =>
      addressHint ? <code className="text-xs">{addressHint}</code> : <span className="text-faint">–</span>,
    fill: true,
    from: 'md',
  },
  { id: 'fires', header: 'Fires', cell: (source) => <Fires source={source} /> },
  { id: 'enabled', header: 'State', cell: ({ enabled }) => <EnabledBadge enabled={enabled} /> },
  {
    id: 'last',
    header: 'Last request',
    cell: ({ lastReceivedAt }) =>
      lastReceivedAt ? <TimeText at={lastReceivedAt} focusable={false} /> : <span className="text-faint">never</span>,
    align: 'end',
  },
];

function Fires({ source: { kind, eventType } }: { source: SourceSummary }) {
  const { tenant = '' } = useParams();
  if (!eventType) return <span className="text-faint">{kind === 'WEBHOOK' ? 'nothing' : 'what it names'}</span>;
  const path = objectPath(tenant, eventType.id);
  return path ? <Link to={path}>{eventType.name}</Link> : eventType.name;
}

/** Whether a source may fire. */
export const EnabledBadge = ({ enabled }: { enabled: boolean }) => (
  <Badge tone={enabled ? 'good' : 'neutral'}>{enabled ? 'enabled' : 'disabled'}</Badge>
);

/** The sources of a tenant, by name. */
export function SourceList({ sources }: { sources: readonly SourceSummary[] }) {
  return (
    <DataTable
      name="sources"
      caption="Sources by name"
      columns={columns}
      rows={sources}
      rowId={({ id }) => id}
      rowName={({ name }) => name}
      rowLink={({ id }) => id}
      empty={<NoSources />}
    />
  );
}

function NoSources() {
  const may = useMay();
  const [query] = useSearchParams();
  const search = query.get('search');
  if (search)
    return (
      <EmptyState title={`No source has “${search}” in its name`}>
        <Link to="." className="button">
          Show every source
        </Link>
      </EmptyState>
    );
  return (
    <EmptyState title="Nothing can send events yet">
      <p>
        A source is where events come from. Make a webhook, name the event type that it fires, and send JSON to the
        address that it gets:
      </p>
      <pre className="code-block self-stretch text-left">{'curl -d \'{"name":"Ada"}\' https://…/h/KEY'}</pre>
      {may('definitions.write') ? (
        <Link to="new" className="button-primary">
          New source
        </Link>
      ) : null}
    </EmptyState>
  );
}
