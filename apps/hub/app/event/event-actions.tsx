import type { Problem } from '@nexomatic/contracts/error-code';
import type { EventDetail } from '@nexomatic/contracts/event-api';
import { type FetcherWithComponents, useFetcher, useNavigate } from '@remix-run/react';
import { useEffect, useMemo, useState } from 'react';
import { ChevronDown, RotateCcw, X } from '../components/icons.ts';
import { MenuButton, type MenuEntry } from '../components/overlay/menu-button.tsx';
import { useToast } from '../components/toast/toasts.tsx';
import { useKeys } from '../frame/keys.ts';
import { usePaletteActions } from '../frame/palette-actions.ts';
import { useMay } from '../frame/use-may.ts';
import { type Purge, PurgeDialog } from './purge-dialog.tsx';
import { useCancel } from './use-cancel.tsx';

/** Re-running an event that has ended, or cancelling one that has not; by button, key and palette. */
export function EventActions({ event, tenant }: { event: EventDetail; tenant: string }) {
  const may = useMay();
  const mayManage = may('events.manage');
  const mayPurge = may('tenant.write');
  const [purge, setPurge] = useState<Purge | null>(null);
  const { submit, data, state }: FetcherWithComponents<{ problem?: Problem } | undefined> = useFetcher();
  const navigate = useNavigate();
  const toast = useToast();
  const { cancel, dialog } = useCancel(tenant);
  const ended = event.finishedAt !== null;
  const page = `/t/${tenant}/events/${event.id}`;
  useEffect(() => {
    if (data?.problem) toast(data.problem.detail, 'failed');
  }, [data, toast]);
  const withEdits = (): void => navigate(`${page}/rerun`);
  useKeys(mayManage ? (ended ? { r: withEdits } : { c: () => cancel(event) }) : {});
  usePaletteActions(
    useMemo(
      () =>
        mayManage && ended
          ? [{ id: 'event:rerun', group: 'This event', word: 'Re-run this event', to: `${page}/rerun`, hint: 'r' }]
          : [],
      [mayManage, ended, page],
    ),
  );
  if (!mayManage) return null;
  if (!ended)
    return (
      <>
        <button
          type="button"
          className="button-danger"
          onClick={() => cancel(event)}
          disabled={event.cancelRequestedAt !== null}
        >
          <X size={14} aria-hidden="true" />
          {event.cancelRequestedAt === null ? 'Cancel' : 'Asked to stop'}
        </button>
        {dialog}
      </>
    );
  const entries: MenuEntry[] = [
    {
      label: 'Again, with the same payload',
      onSelect: () => submit({ intent: 'rerun' }, { method: 'post', action: page }),
    },
    { label: 'With edits…', to: `${page}/rerun` },
    ...(mayPurge
      ? [
          { label: 'Purge the log…', onSelect: () => setPurge('purge') },
          { label: 'Purge log, payload and result…', onSelect: () => setPurge('purge-all') },
        ]
      : []),
  ];
  return (
    <>
      <MenuButton label="Re-run" className="button-primary" entries={entries}>
        <RotateCcw size={14} aria-hidden="true" />
        {state === 'idle' ? 'Re-run' : 'Re-running…'}
        <ChevronDown size={12} aria-hidden="true" />
      </MenuButton>
      <PurgeDialog what={purge} page={page} close={() => setPurge(null)} />
    </>
  );
}
