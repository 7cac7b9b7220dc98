import type { AuditSummary } from '@nexomatic/contracts/audit-api';
import { Link, useLocation } from '@remix-run/react';
import { Badge } from '../components/badge.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { DataTable } from '../components/table/data-table.tsx';
import type { TableColumn } from '../components/table/table-column.ts';
import { TimeText } from '../time/time-text.tsx';
import { type AuditQuery, auditHref } from './audit-query.ts';
import { changeWords } from './audit-words.ts';

type Row = AuditSummary & { query: AuditQuery };

const columns: TableColumn<Row>[] = [
  {
    id: 'change',
    header: 'Change',
    fill: true,
    cell: ({ action, object }) => (
      <>
        {changeWords(action)} <span className="text-muted">{object.name}</span>
      </>
    ),
  },
  {
    id: 'actor',
    header: 'By',
    cell: ({ actor, query }) => (
      <Link
        to={auditHref(query, { actor: actor.id ?? 'system' })}
        className="link-quiet"
        preventScrollReset
        title={`Only changes by ${actor.name}`}
      >
        {actor.name} {actor.kind === 'apiToken' ? <Badge>token</Badge> : null}
      </Link>
    ),
  },
  { id: 'address', header: 'From', from: 'lg', cell: ({ remoteAddress }) => remoteAddress || '—' },
  { id: 'at', header: 'When', align: 'end', cell: ({ at }) => <TimeText at={at} /> },
];

interface AuditListProps {
  name: string;
  entries: AuditSummary[];
  query: AuditQuery;
}

/** Changes, newest first. A row opens beside the list; who made it narrows the list. */
export function AuditList({ name, entries, query }: AuditListProps) {
  const search = new URLSearchParams(useLocation().search);
  const filtered = Object.keys(query).length > 0;
  const hrefOf = (id: string) => {
    search.set('entry', id);
    return `?${search}`;
  };
  return (
    <DataTable
      name={name}
      caption="Changes, newest first"
      columns={columns}
      rows={entries.map((entry) => ({ ...entry, query }))}
      rowId={({ id }) => id}
      rowName={({ action, object }) => `${changeWords(action)} ${object.name}`}
      rowLink={({ id }) => hrefOf(id)}
      empty={
        filtered ? (
          <EmptyState title="No change fits the filter">
            <p>Nothing of that kind was recorded in this time.</p>
            <Link to="." className="button">
              Clear the filter
            </Link>
          </EmptyState>
        ) : (
          <EmptyState title="Nothing recorded yet">
            <p>
              Every change of a definition, a member, a token or a setting will stand here: who, what and from where.
            </p>
          </EmptyState>
        )
      }
    />
  );
}
