import type { InstanceTenant } from '@nexomatic/contracts/instance-api';
import { useState } from 'react';
import { Badge } from '../components/badge.tsx';
import { CircleCheck, Pause, Play } from '../components/icons.ts';
import { DangerDialog } from '../components/overlay/danger-dialog.tsx';
import { MenuButton, type MenuEntry } from '../components/overlay/menu-button.tsx';
import { DataTable } from '../components/table/data-table.tsx';
import type { TableColumn } from '../components/table/table-column.ts';
import { InviteDialog } from '../settings/invite-dialog.tsx';
import { TimeText } from '../time/time-text.tsx';
import { RenameTenantDialog } from './rename-tenant-dialog.tsx';

const columns: TableColumn<InstanceTenant>[] = [
  {
    id: 'name',
    header: 'Name',
    cell: ({ name, slug }) => (
      <>
        <span className="font-medium">{name}</span> <code className="text-faint text-xs">{slug}</code>
      </>
    ),
  },
  {
    id: 'state',
    header: 'State',
    cell: ({ suspendedAt }) =>
      suspendedAt ? (
        <Badge tone="warning" icon={<Pause size={12} aria-hidden="true" />}>
          suspended
        </Badge>
      ) : (
        <Badge tone="good" icon={<CircleCheck size={12} aria-hidden="true" />}>
          active
        </Badge>
      ),
  },
  { id: 'owners', header: 'Owners', fill: true, cell: ({ owners }) => owners.join(', ') || 'none yet' },
  { id: 'members', header: 'Members', align: 'end', from: 'sm', cell: ({ members }) => members },
  { id: 'made', header: 'Made', align: 'end', from: 'md', cell: ({ createdAt }) => <TimeText at={createdAt} /> },
];

type Asked = { what: 'rename' | 'invite' | 'suspend' | 'resume'; tenant: InstanceTenant } | null;

/** The tenants of the hub, and what its administrators may do about each. */
export function TenantList({ tenants }: { tenants: InstanceTenant[] }) {
  const [asked, setAsked] = useState<Asked>(null);
  const close = () => setAsked(null);
  const entriesFor = (tenant: InstanceTenant): MenuEntry[] => [
    { label: 'Rename…', onSelect: () => setAsked({ what: 'rename', tenant }) },
    { label: 'Invite an owner…', onSelect: () => setAsked({ what: 'invite', tenant }) },
    { label: 'Changes', to: `audit?object=${tenant.id}` },
    tenant.suspendedAt
      ? {
          label: 'Resume…',
          icon: <Play size={14} aria-hidden="true" />,
          separated: true,
          onSelect: () => setAsked({ what: 'resume', tenant }),
        }
      : {
          label: 'Suspend…',
          icon: <Pause size={14} aria-hidden="true" />,
          danger: true,
          separated: true,
          onSelect: () => setAsked({ what: 'suspend', tenant }),
        },
  ];
  return (
    <>
      <DataTable
        name="tenants"
        caption="Tenants by slug"
        columns={columns}
        rows={tenants}
        rowId={({ id }) => id}
        rowName={({ name }) => name}
        rowActions={(tenant) => <MenuButton label={`Actions for ${tenant.name}`} entries={entriesFor(tenant)} />}
        empty={<p className="p-6 text-center text-muted">No tenant of that name.</p>}
      />
      {asked?.what === 'rename' ? <RenameTenantDialog tenant={asked.tenant} onClose={close} /> : null}
      {asked?.what === 'invite' ? (
        <InviteDialog
          title={`Invite an owner of ${asked.tenant.name}`}
          fields={{ id: asked.tenant.id }}
          onClose={close}
        />
      ) : null}
      {asked?.what === 'suspend' || asked?.what === 'resume' ? <SuspendDialog {...asked} onClose={close} /> : null}
    </>
  );
}

function SuspendDialog({ what, tenant, onClose }: NonNullable<Asked> & { onClose: () => void }) {
  const suspends = what === 'suspend';
  return (
    <DangerDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={`${suspends ? 'Suspend' : 'Resume'} ${tenant.name}`}
      word={suspends ? 'Suspend' : 'Resume'}
      typeName={suspends ? tenant.slug : undefined}
      fields={{ intent: what, id: tenant.id }}
    >
      {suspends
        ? 'Its people, programs and sinks are refused from now on, and its webhooks are answered like unknown ones. What is running is not finished. All data stays, and it can be resumed at any time.'
        : 'Its people, programs, sinks and webhooks are let in again.'}
    </DangerDialog>
  );
}
