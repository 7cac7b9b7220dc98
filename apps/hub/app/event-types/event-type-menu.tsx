import type { EventTypeSummary } from '@nexomatic/contracts/event-type-api';
import { useFetcher, useParams } from '@remix-run/react';
import { useState } from 'react';
import { Copy, Pause, Pencil, Play, Trash2, Zap } from '../components/icons.ts';
import { DangerDialog } from '../components/overlay/danger-dialog.tsx';
import { MenuButton, type MenuEntry } from '../components/overlay/menu-button.tsx';
import { useMay } from '../frame/use-may.ts';

/** What can be done with an event type, from its row in the list. */
export function EventTypeMenu({ eventType }: { eventType: EventTypeSummary }) {
  const { id, name, enabled } = eventType;
  const { tenant = '' } = useParams();
  const may = useMay();
  const fetcher = useFetcher();
  const [asking, setAsking] = useState<'disable' | 'delete' | null>(null);
  const page = `/t/${tenant}/event-types/${id}`;
  const mayWrite = may('definitions.write');
  const icon = (Icon: typeof Play) => <Icon size={14} aria-hidden="true" />;
  const entries: MenuEntry[] = [
    ...(may('events.fire') ? [{ label: 'Fire…', icon: icon(Zap), to: `${page}?tab=test` }] : []),
    ...(mayWrite
      ? [
          { label: 'Edit', icon: icon(Pencil), to: `${page}/edit` },
          { label: 'Duplicate', icon: icon(Copy), to: `/t/${tenant}/event-types/new?from=${id}` },
          enabled
            ? { label: 'Disable…', icon: icon(Pause), onSelect: () => setAsking('disable') }
            : {
                label: 'Enable',
                icon: icon(Play),
                onSelect: () => fetcher.submit({ intent: 'enable' }, { method: 'post', action: page }),
              },
          { label: 'Delete…', icon: icon(Trash2), danger: true, separated: true, onSelect: () => setAsking('delete') },
        ]
      : []),
  ];
  if (entries.length === 0) return null;
  return (
    <>
      <MenuButton label={`Actions for ${name}`} entries={entries} align="end" />
      <DisableDialog eventType={eventType} open={asking === 'disable'} onOpenChange={() => setAsking(null)} />
      <DeleteDialog eventType={eventType} open={asking === 'delete'} onOpenChange={() => setAsking(null)} />
    </>
  );
}

interface AskProps {
  eventType: EventTypeSummary;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Asks before an event type can no longer be fired, and says by what it is (R19). */
export function DisableDialog({ eventType: { id, name, usedBy }, open, onOpenChange }: AskProps) {
  const { tenant = '' } = useParams();
  return (
    <DangerDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Disable ${name}?`}
      word="Disable"
      references={usedBy}
      action={`/t/${tenant}/event-types/${id}`}
      fields={{ intent: 'disable' }}
    >
      Nothing can fire it until it is enabled again: webhooks are refused, and events that wait stay waiting.
      {usedBy.length > 0 ? ' These fire it now:' : null}
    </DangerDialog>
  );
}

/** Asks before an event type is deleted, or says what keeps it from that. */
export function DeleteDialog({ eventType: { id, name, usedBy }, open, onOpenChange }: AskProps) {
  const { tenant = '' } = useParams();
  const blocked = usedBy.length > 0;
  return (
    <DangerDialog
      open={open}
      onOpenChange={onOpenChange}
      title={blocked ? `${name} can not be deleted now` : `Delete ${name}?`}
      word="Delete"
      references={usedBy}
      blocked={blocked}
      action={`/t/${tenant}/event-types/${id}`}
      fields={{ intent: 'delete' }}
    >
      {blocked
        ? 'These fire it. Let them fire something else first, or delete them.'
        : 'Its events and versions stay to be read; the event type itself can not be brought back.'}
    </DangerDialog>
  );
}
