import type { InvitationSummary } from '@nexomatic/contracts/invitation-api';
import { useState } from 'react';
import { Badge } from '../components/badge.tsx';
import { Clock } from '../components/icons.ts';
import { DangerDialog } from '../components/overlay/danger-dialog.tsx';
import { MenuButton } from '../components/overlay/menu-button.tsx';
import { DataTable } from '../components/table/data-table.tsx';
import type { TableColumn } from '../components/table/table-column.ts';
import { useMay } from '../frame/use-may.ts';
import { roleWords } from '../people/role-words.ts';
import { TimeText } from '../time/time-text.tsx';

const columns: TableColumn<InvitationSummary>[] = [
  { id: 'email', header: 'E-mail', cell: ({ email }) => <span className="font-medium">{email}</span>, fill: true },
  { id: 'role', header: 'Role', cell: ({ role }) => <Badge>{roleWords[role].word}</Badge> },
  {
    id: 'state',
    header: 'State',
    cell: ({ state }) => (
      <Badge tone={state === 'open' ? 'info' : 'warning'} icon={<Clock size={12} aria-hidden="true" />}>
        {state === 'open' ? 'waiting' : 'expired'}
      </Badge>
    ),
  },
  { id: 'by', header: 'By', from: 'md', cell: ({ invitedBy }) => invitedBy?.name ?? 'the installation' },
  { id: 'made', header: 'Invited', align: 'end', cell: ({ createdAt }) => <TimeText at={createdAt} /> },
];

/** Who was asked to join and has not come yet; nothing where there is nobody. */
export function InvitationList({ invitations }: { invitations: InvitationSummary[] }) {
  const may = useMay();
  const [asked, setAsked] = useState<InvitationSummary | null>(null);
  if (invitations.length === 0) return null;
  return (
    <section className="flex flex-col gap-2" aria-labelledby="invited">
      <h2 id="invited">Invited</h2>
      <DataTable
        name="invitations"
        caption="Invitations that nobody has followed yet, newest first"
        columns={columns}
        rows={invitations}
        rowId={({ id }) => id}
        rowName={({ email }) => email}
        rowActions={(invitation) =>
          may('members.write') ? (
            <MenuButton
              label={`Actions for ${invitation.email}`}
              entries={[{ label: 'Revoke…', danger: true, onSelect: () => setAsked(invitation) }]}
            />
          ) : null
        }
        empty={null}
      />
      {asked ? (
        <DangerDialog
          open
          onOpenChange={(open) => (open ? undefined : setAsked(null))}
          title={`Revoke the invitation of ${asked.email}`}
          word="Revoke"
          fields={{ intent: 'revoke-invitation', id: asked.id }}
        >
          The link works no more. They can be invited again.
        </DangerDialog>
      ) : null}
    </section>
  );
}
