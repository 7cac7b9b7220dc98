import type { SourceKind } from '@nexomatic/contracts/definition-api';
import type { SourceSummary } from '@nexomatic/contracts/source-api';
import { Link, useParams, useSearchParams } from '@remix-run/react';
import { Badge } from '../components/badge.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { DataTable } from '../components/table/data-table.tsx';
import type { TableColumn } from '../components/table/table-column.ts';
import { objectPath } from '../frame/objects.ts';
import { useMay } from '../frame/use-may.ts';
import { TimeText } from '../time/time-text.tsx';
import { healthOf } from './source-health.ts';
import { KindName } from './source-kinds.tsx';
import { SchemeBadge } from './verify/scheme-badge.tsx';

const columns: readonly TableColumn<SourceSummary>[] = [
  { id: 'name', header: 'Name', cell: ({ name }) => name },
  { id: 'health', header: 'Health', cell: (source) => <HealthBadge source={source} /> },
  { id: 'kind', header: 'Kind', cell: ({ kind }) => <KindName kind={kind} />, from: 'md' },
  {
    id: 'verifies',
    header: 'Verifies',
    cell: ({ scheme, kind }) =>
      scheme ? (
        <SchemeBadge scheme={scheme} />
      ) : (
        <span className="text-faint">{kind === 'SCHEDULER' ? '–' : 'API token'}</span>
      ),
  },
  { id: 'fires', header: 'Fires', cell: (source) => <Fires source={source} />, fill: true },
  {
    id: 'address',
    header: 'Address',
    cell: ({ addressHint }) =>
      addressHint ? <code className="text-xs">{addressHint}</code> : <span className="text-faint">–</span>,
    optional: true,
  },
  { id: 'day', header: 'In 24 hours', cell: (source) => <LastDay source={source} />, align: 'end', from: 'sm' },
  {
    id: 'last',
    header: 'Last request',
    cell: ({ lastReceivedAt }) =>
      lastReceivedAt ? <TimeText at={lastReceivedAt} focusable={false} /> : <span className="text-faint">never</span>,
    align: 'end',
  },
];

/** What a source fires that names no event type of its own. */
const firesWords: Record<SourceKind, string> = {
  WEBHOOK: 'by its routes',
  CUSTOM: 'what it names',
  EVENT_GRID: 'what it names',
  SCHEDULER: 'by its schedules',
};

function Fires({ source: { kind, eventType } }: { source: SourceSummary }) {
  const { tenant = '' } = useParams();
  if (!eventType) return <span className="text-faint">{firesWords[kind]}</span>;
  const path = objectPath(tenant, eventType.id);
  return path ? <Link to={path}>{eventType.name}</Link> : eventType.name;
}

/** Accepted and refused requests; the latter lead to themselves. */
function LastDay({ source: { id, kind, requestsLastDay } }: { source: SourceSummary }) {
  if (kind !== 'WEBHOOK') return <span className="text-faint">–</span>;
  const { accepted, duplicate, refused } = requestsLastDay;
  return (
    <span className="tabular-nums">
      {(accepted + duplicate).toLocaleString('en')} accepted
      {refused > 0 ? (
        <>
          ,{' '}
          <Link to={`${id}/requests?outcome=refused`} className="cell-press text-error">
            {refused.toLocaleString('en')} refused
          </Link>
        </>
      ) : null}
    </span>
  );
}

function HealthBadge({ source }: { source: SourceSummary }) {
  const { word, tone, Icon, why } = healthOf(source);
  return (
    <span className="inline-flex align-middle" title={why}>
      <Badge tone={tone} icon={<Icon aria-hidden="true" />}>
        {word}
      </Badge>
    </span>
  );
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
