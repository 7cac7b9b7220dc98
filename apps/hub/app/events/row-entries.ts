import type { EventSummary } from '@nexomatic/contracts/event-api';
import type { MenuEntry } from '../components/overlay/menu-button.tsx';

/** What can be done with one event of the list. */
export function rowEntries(event: EventSummary, mayManage: boolean, cancel: () => void): MenuEntry[] {
  const open: MenuEntry = { label: 'Open', to: event.id };
  if (!mayManage) return [open];
  return event.finishedAt === null
    ? [open, { label: 'Cancel', onSelect: cancel, danger: true }]
    : [open, { label: 'Re-run…', to: `${event.id}/rerun` }];
}
