import type { SecretList as Listed, SecretSummary } from '@nexomatic/contracts/secret-api';
import { Link, useParams, useSearchParams } from '@remix-run/react';
import { EmptyState } from '../components/empty-state.tsx';
import { DataTable } from '../components/table/data-table.tsx';
import type { TableColumn } from '../components/table/table-column.ts';
import { useMay } from '../frame/use-may.ts';
import { TimeText } from '../time/time-text.tsx';
import { EndToEndBadge } from './end-to-end/end-to-end-badge.tsx';
import { SecretExamples } from './secret-examples.tsx';
import { SecretState } from './secret-state.tsx';

type MissingSecret = Listed['missing'][number];
/** A secret, or the name of one that there is none of. */
type Row = { secret: SecretSummary } | { missing: MissingSecret };

const nameOf = (row: Row): string => ('secret' in row ? row.secret.name : row.missing.name);
const newOf = ({ name }: MissingSecret): string => `new?name=${encodeURIComponent(name)}`;

const columns: readonly TableColumn<Row>[] = [
  { id: 'name', header: 'Key', cell: (row) => <NameCell row={row} /> },
  { id: 'state', header: 'State', cell: (row) => <StateCell row={row} /> },
  {
    id: 'description',
    header: 'Description',
    cell: (row) => ('secret' in row ? row.secret.description || '–' : namedBy(row.missing)),
    fill: true,
    from: 'md',
  },
  {
    id: 'version',
    header: 'Version',
    cell: (row) => ifKept(row, ({ valueVersion }) => valueVersion || '–'),
    align: 'end',
  },
  {
    id: 'set',
    header: 'Set',
    cell: (row) =>
      ifKept(row, ({ valueSetAt, valueSetBy }) =>
        valueSetAt ? (
          <>
            <TimeText at={valueSetAt} focusable={false} />
            {valueSetBy ? <span className="text-muted"> by {valueSetBy}</span> : null}
          </>
        ) : (
          'never'
        ),
      ),
    from: 'lg',
  },
  {
    id: 'used',
    header: 'Last used',
    cell: (row) => ifKept(row, ({ lastUsed }) => (lastUsed ? <LastUsed {...lastUsed} /> : 'never')),
    align: 'end',
  },
  {
    id: 'usedBy',
    header: 'Used by',
    cell: (row) => ('secret' in row ? row.secret : row.missing).usedBy.length,
    align: 'end',
  },
];

const ifKept = (row: Row, cell: (secret: SecretSummary) => React.ReactNode) =>
  'secret' in row ? cell(row.secret) : '–';

const namedBy = ({ usedBy }: MissingSecret): string =>
  `named by ${usedBy
    .slice(0, 3)
    .map(({ name }) => name)
    .join(', ')}${usedBy.length > 3 ? ` and ${usedBy.length - 3} more` : ''}`;

const NameCell = ({ row }: { row: Row }) => (
  <span className="inline-flex items-center gap-2">
    <code className="text-xs">{nameOf(row)}</code>
    {'secret' in row && row.secret.endToEnd ? <EndToEndBadge /> : null}
  </span>
);

function LastUsed({ at, eventId }: NonNullable<SecretSummary['lastUsed']>) {
  const { tenant = '' } = useParams();
  const time = <TimeText at={at} focusable={false} />;
  return eventId ? <Link to={`/t/${tenant}/events/${eventId}`}>{time}</Link> : time;
}

const valueless = ['no_value', 'lost'];

/** What is the matter with it and, where it has no value, the way to give it one. */
function StateCell({ row }: { row: Row }) {
  const mayWrite = useMay()('secrets.write');
  const state = 'secret' in row ? row.secret.state : 'missing';
  const to = 'missing' in row ? newOf(row.missing) : valueless.includes(state) ? `${row.secret.id}/edit` : null;
  return (
    <span className="inline-flex items-center gap-x-3 align-middle">
      <SecretState state={state} />
      {to !== null && mayWrite ? (
        <Link to={to} className="link text-xs">
          Set value<span className="sr-only"> of {nameOf(row)}</span>
        </Link>
      ) : null}
    </span>
  );
}

/** The secrets of a tenant, after those that are named and not there. */
export function SecretList({
  secrets,
  missing,
}: {
  secrets: readonly SecretSummary[];
  missing: readonly MissingSecret[];
}) {
  const rows: Row[] = [...missing.map((one) => ({ missing: one })), ...secrets.map((secret) => ({ secret }))];
  return (
    <DataTable
      name="secrets"
      caption="Secrets; names that parameters refer to and that do not exist come first"
      columns={columns}
      rows={rows}
      rowId={(row) => ('secret' in row ? row.secret.id : `missing ${row.missing.name}`)}
      rowName={nameOf}
      rowLink={(row) => ('secret' in row ? row.secret.id : newOf(row.missing))}
      rowTone={(row) => ('missing' in row ? 'bad' : undefined)}
      empty={<NoSecrets />}
    />
  );
}

function NoSecrets() {
  const [query] = useSearchParams();
  const mayWrite = useMay()('secrets.write');
  if (['search', 'state', 'kind'].some((key) => query.has(key)))
    return (
      <EmptyState title="No secret is like that">
        <Link to="." className="button">
          Show every secret
        </Link>
      </EmptyState>
    );
  return (
    <EmptyState title="No secrets yet">
      <p>
        A token or a password that modules need. It is sealed in your browser, handed to nobody but the sink that runs
        an event that names it, and masked in what comes back. Nobody can read it again, you neither: there is no page
        and no call that shows one, so a lost one is set anew.
      </p>
      {mayWrite ? (
        <Link to="new" className="button-primary">
          New secret
        </Link>
      ) : null}
      <SecretExamples />
    </EmptyState>
  );
}
