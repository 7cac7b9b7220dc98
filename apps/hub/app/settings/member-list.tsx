import type { MemberSummary } from '@nexomatic/contracts/member-api';
import { useState } from 'react';
import { Badge } from '../components/badge.tsx';
import { DangerDialog } from '../components/overlay/danger-dialog.tsx';
import { MenuButton, type MenuEntry } from '../components/overlay/menu-button.tsx';
import { DataTable } from '../components/table/data-table.tsx';
import type { TableColumn } from '../components/table/table-column.ts';
import { useMay } from '../frame/use-may.ts';
import { roleWords } from '../people/role-words.ts';
import { TimeText } from '../time/time-text.tsx';
import { RoleDialog } from './role-dialog.tsx';

type Row = MemberSummary & { isViewer: boolean };
type Asked = { what: 'role' | 'remove' | 'leave'; member: MemberSummary } | null;

const columns: TableColumn<Row>[] = [
  {
    id: 'name',
    header: 'Name',
    cell: (member) => (
      <span className="inline-flex items-center gap-2">
        <span className="font-medium">{member.name || member.email}</span>
        {member.isViewer ? <Badge tone="info">you</Badge> : null}
        {member.disabled ? <Badge tone="bad">account closed</Badge> : null}
      </span>
    ),
  },
  { id: 'email', header: 'E-mail', cell: ({ email }) => email, fill: true },
  { id: 'role', header: 'Role', cell: ({ role }) => <Badge>{roleWords[role].word}</Badge> },
  {
    id: 'seen',
    header: 'Last here',
    align: 'end',
    from: 'sm',
    cell: ({ lastSeenAt }) => (lastSeenAt ? <TimeText at={lastSeenAt} /> : 'not signed in'),
  },
];

/** The people of a tenant, and what the viewer may do about each. */
export function MemberList({ members, viewerId }: { members: MemberSummary[]; viewerId: string }) {
  const may = useMay();
  const [asked, setAsked] = useState<Asked>(null);
  const close = () => setAsked(null);
  const rows = members.map((member) => ({ ...member, isViewer: member.userId === viewerId }));

  function entriesFor(member: Row): MenuEntry[] {
    const ask = (what: NonNullable<Asked>['what']) => () => setAsked({ what, member });
    const mayChange = may('members.write') && (member.role !== 'owner' || may('tenant.own'));
    return [
      ...(mayChange ? [{ label: 'Change role…', onSelect: ask('role') }] : []),
      ...(member.isViewer ? [{ label: 'Leave the tenant…', onSelect: ask('leave'), danger: true }] : []),
      ...(mayChange && !member.isViewer
        ? [{ label: 'Remove…', onSelect: ask('remove'), danger: true, separated: true }]
        : []),
    ];
  }

  return (
    <>
      <DataTable
        name="members"
        caption="Members by e-mail address"
        columns={columns}
        rows={rows}
        rowId={({ userId }) => userId}
        rowName={({ name, email }) => name || email}
        rowActions={(member) => {
          const entries = entriesFor(member);
          return entries.length > 0 ? (
            <MenuButton label={`Actions for ${member.name || member.email}`} entries={entries} />
          ) : null;
        }}
        empty={<p className="p-6 text-center text-muted">Nobody of that name or address.</p>}
      />
      {asked?.what === 'role' ? <RoleDialog member={asked.member} mayOwn={may('tenant.own')} onClose={close} /> : null}
      {asked && asked.what !== 'role' ? <GoDialog {...asked} onClose={close} /> : null}
    </>
  );
}

function GoDialog({ what, member, onClose }: NonNullable<Asked> & { onClose: () => void }) {
  const who = member.name || member.email;
  const leaves = what === 'leave';
  return (
    <DangerDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={leaves ? 'Leave the tenant' : `Remove ${who}`}
      word={leaves ? 'Leave' : 'Remove'}
      fields={{ intent: what, userId: member.userId }}
    >
      {leaves
        ? 'You are let in no more, from your next click on. Only an admin can invite you again.'
        : `${who} is let in no more, from their next click on. What they made stays, and API tokens that they made go on working: revoke those that they know.`}
    </DangerDialog>
  );
}
