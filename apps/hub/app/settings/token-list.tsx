import type { ApiTokenSummary } from '@nexomatic/contracts/api-token-api';
import { permissions } from '@nexomatic/contracts/permission';
import { Link } from '@remix-run/react';
import { type ReactNode, useState } from 'react';
import { Badge } from '../components/badge.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { CircleCheck, Clock, Plus, X } from '../components/icons.ts';
import { DangerDialog } from '../components/overlay/danger-dialog.tsx';
import { MenuButton } from '../components/overlay/menu-button.tsx';
import { DataTable } from '../components/table/data-table.tsx';
import type { TableColumn } from '../components/table/table-column.ts';
import { TimeText } from '../time/time-text.tsx';
import { presetOf } from './token-presets.ts';

const states = {
  active: { word: 'active', tone: 'good', Icon: CircleCheck },
  expired: { word: 'expired', tone: 'warning', Icon: Clock },
  revoked: { word: 'revoked', tone: 'neutral', Icon: X },
} as const;

const columns: TableColumn<ApiTokenSummary>[] = [
  {
    id: 'name',
    header: 'Name',
    fill: true,
    cell: ({ name, hint }) => (
      <>
        <span className="font-medium">{name}</span>{' '}
        {hint ? <code className="text-faint text-xs">nxt_…{hint}</code> : null}
      </>
    ),
  },
  {
    id: 'state',
    header: 'State',
    cell: ({ state }) => {
      const { word, tone, Icon } = states[state];
      return (
        <Badge tone={tone} icon={<Icon size={12} aria-hidden="true" />}>
          {word}
        </Badge>
      );
    },
  },
  {
    id: 'scopes',
    header: 'May',
    cell: ({ scopes, source }) => (
      <span title={scopes?.map((scope) => permissions[scope]).join('; ')}>
        {source ? `fire as ${source.name}` : scopeWords(scopes)}
      </span>
    ),
  },
  {
    id: 'used',
    header: 'Last used',
    align: 'end',
    cell: ({ lastUsedAt }) => (lastUsedAt ? <TimeText at={lastUsedAt} /> : 'never'),
  },
  {
    id: 'ends',
    header: 'Ends',
    align: 'end',
    from: 'md',
    cell: ({ expiresAt, revokedAt }) => {
      const at = revokedAt ?? expiresAt;
      return at ? <TimeText at={at} /> : 'never';
    },
  },
  { id: 'by', header: 'Made by', from: 'lg', cell: ({ createdBy }) => createdBy?.name ?? 'the installation' },
  { id: 'made', header: 'Made', align: 'end', from: 'lg', cell: ({ createdAt }) => <TimeText at={createdAt} /> },
];

function scopeWords(scopes: ApiTokenSummary['scopes']): string {
  const preset = presetOf(scopes);
  if (preset) return preset.short;
  return scopes?.length === 1 ? (scopes[0] ?? '') : `${scopes?.length} permissions`;
}

/** The tokens of a tenant, also those that opened something until lately. */
export function TokenList({ tokens, empty = <NoTokens /> }: { tokens: ApiTokenSummary[]; empty?: ReactNode }) {
  const [asked, setAsked] = useState<ApiTokenSummary | null>(null);
  return (
    <>
      <DataTable
        name="tokens"
        caption="API tokens, newest first"
        columns={columns}
        rows={tokens}
        rowId={({ id }) => id}
        rowName={({ name }) => name}
        rowActions={(token) =>
          token.state === 'active' ? (
            <MenuButton
              label={`Actions for ${token.name}`}
              entries={[{ label: 'Revoke…', danger: true, onSelect: () => setAsked(token) }]}
            />
          ) : null
        }
        empty={empty}
      />
      {asked ? (
        <DangerDialog
          open
          onOpenChange={(open) => (open ? undefined : setAsked(null))}
          title={`Revoke ${asked.name}`}
          word="Revoke"
          fields={{ id: asked.id }}
        >
          Programs that use it are refused at once. It can not be made valid again; the row stays here for 90 days.
        </DangerDialog>
      ) : null}
    </>
  );
}

function NoTokens() {
  return (
    <EmptyState title="No API tokens">
      <p>A program needs one to fire events, to read what became of them, or to change definitions.</p>
      <Link to="new" className="button-primary">
        <Plus size={14} aria-hidden="true" />
        New token
      </Link>
    </EmptyState>
  );
}
