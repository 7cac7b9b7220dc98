import type { InstanceUser } from '@nexomatic/contracts/instance-api';
import { useFetcher } from '@remix-run/react';
import { useState } from 'react';
import { Badge } from '../components/badge.tsx';
import { CircleX, ShieldCheck } from '../components/icons.ts';
import { DangerDialog } from '../components/overlay/danger-dialog.tsx';
import { MenuButton, type MenuEntry } from '../components/overlay/menu-button.tsx';
import { DataTable } from '../components/table/data-table.tsx';
import type { TableColumn } from '../components/table/table-column.ts';
import { TimeText } from '../time/time-text.tsx';

const columns: TableColumn<InstanceUser>[] = [
  {
    id: 'name',
    header: 'Name',
    cell: ({ name, email, instanceAdmin, disabledAt }) => (
      <span className="inline-flex items-center gap-2">
        <span className="font-medium">{name || email}</span>
        {instanceAdmin ? (
          <Badge tone="info" icon={<ShieldCheck size={12} aria-hidden="true" />}>
            administrator
          </Badge>
        ) : null}
        {disabledAt ? (
          <Badge tone="bad" icon={<CircleX size={12} aria-hidden="true" />}>
            disabled
          </Badge>
        ) : null}
      </span>
    ),
  },
  { id: 'email', header: 'E-mail', cell: ({ email }) => email },
  {
    id: 'tenants',
    header: 'Belongs to',
    fill: true,
    cell: ({ tenants }) => tenants.map(({ slug, role }) => `${slug} (${role})`).join(', ') || 'no tenant',
  },
  {
    id: 'seen',
    header: 'Last here',
    align: 'end',
    from: 'sm',
    cell: ({ lastSeenAt }) => (lastSeenAt ? <TimeText at={lastSeenAt} /> : 'not signed in'),
  },
  { id: 'made', header: 'Since', align: 'end', from: 'lg', cell: ({ createdAt }) => <TimeText at={createdAt} /> },
];

const questions = {
  disable: {
    title: (who: string) => `Disable ${who}`,
    word: 'Disable',
    text: 'Every session of theirs ends at once, and they can not sign in any more. What they made stays, and API tokens that they made go on working.',
  },
  grantAdmin: {
    title: (who: string) => `Make ${who} an administrator`,
    word: 'Make administrator',
    text: 'They see and suspend every tenant, close accounts, and make other administrators. What tenants hold they see only as members.',
  },
  revokeAdmin: {
    title: (who: string) => `Take administration from ${who}`,
    word: 'Take away',
    text: 'They keep their account and their tenants.',
  },
} as const;

type Asked = { what: keyof typeof questions; user: InstanceUser } | null;

/** Everybody with an account on the hub, and what its administrators may do about each. */
export function UserList({ users }: { users: InstanceUser[] }) {
  const [asked, setAsked] = useState<Asked>(null);
  const fetcher = useFetcher();
  const ask = (what: keyof typeof questions, user: InstanceUser) => () => setAsked({ what, user });
  const entriesFor = (user: InstanceUser): MenuEntry[] => [
    user.instanceAdmin
      ? { label: 'Take administration away…', onSelect: ask('revokeAdmin', user) }
      : { label: 'Make administrator…', onSelect: ask('grantAdmin', user) },
    { label: 'Changes', to: `/admin/audit?object=${user.id}` },
    user.disabledAt
      ? {
          label: 'Enable',
          separated: true,
          onSelect: () => fetcher.submit({ intent: 'enable', id: user.id }, { method: 'post' }),
        }
      : { label: 'Disable…', danger: true, separated: true, onSelect: ask('disable', user) },
  ];
  const question = asked && questions[asked.what];
  return (
    <>
      <DataTable
        name="users"
        caption="Users by e-mail address"
        columns={columns}
        rows={users}
        rowId={({ id }) => id}
        rowName={({ name, email }) => name || email}
        rowActions={(user) => (
          <MenuButton label={`Actions for ${user.name || user.email}`} entries={entriesFor(user)} />
        )}
        empty={<p className="p-6 text-center text-muted">Nobody of that name or address.</p>}
      />
      {asked && question ? (
        <DangerDialog
          open
          onOpenChange={(open) => (open ? undefined : setAsked(null))}
          title={question.title(asked.user.name || asked.user.email)}
          word={question.word}
          fields={{ intent: asked.what, id: asked.user.id }}
        >
          {question.text}
        </DangerDialog>
      ) : null}
    </>
  );
}
