import type { Problem } from '@nexomatic/contracts/error-code';
import type { SavedView } from '@nexomatic/contracts/view-api';
import { type FetcherWithComponents, useFetcher, useParams } from '@remix-run/react';
import { useState } from 'react';
import { Bookmark, Ellipsis } from '../components/icons.ts';
import { DangerDialog } from '../components/overlay/danger-dialog.tsx';
import { MenuButton } from '../components/overlay/menu-button.tsx';
import { useColumnChoice } from '../components/table/column-choice.ts';
import { useMay } from '../frame/use-may.ts';
import { shownColumns } from './event-columns.tsx';
import type { ListAddress } from './list-address.ts';
import { SaveViewDialog } from './save-view-dialog.tsx';

/** Saving what the list shows as a view, and changing or deleting the one that is open. */
export function ViewMenu({ address, opened }: { address: ListAddress; opened: SavedView | undefined }) {
  const { tenant = '' } = useParams();
  const [asked, setAsked] = useState<'save' | 'delete' | null>(null);
  const mayShare = useMay()('events.manage');
  const [choice] = useColumnChoice(address.view ? `events_${address.view}` : 'events');
  const update: FetcherWithComponents<{ problem?: Problem } | undefined> = useFetcher();
  const action = `/t/${tenant}/event-views`;
  const columns = shownColumns(opened?.columns ?? [], choice).join(',');
  const mine = opened !== undefined && (!opened.shared || mayShare);
  const entries = [
    {
      label: 'Save changes to this view',
      disabled: opened?.query === address.text && opened?.columns.join(',') === columns,
      onSelect: () => {
        if (opened)
          update.submit(
            {
              intent: 'update',
              id: opened.id,
              version: String(opened.version),
              name: opened.name,
              shared: opened.shared ? 'on' : '',
              query: address.text,
              columns,
            },
            { method: 'post', action },
          );
      },
    },
    { label: 'Save as another view…', onSelect: () => setAsked('save') },
    { label: 'Delete this view…', danger: true, separated: true, onSelect: () => setAsked('delete') },
  ];
  return (
    <span className="ml-auto flex items-center gap-1">
      {update.data?.problem ? <span className="text-error text-xs">{update.data.problem.detail}</span> : null}
      {mine ? (
        <MenuButton label={`Actions for the view ${opened.name}`} entries={entries}>
          <Ellipsis size={16} aria-hidden="true" />
        </MenuButton>
      ) : (
        <button type="button" className="button-quiet text-muted" onClick={() => setAsked('save')}>
          <Bookmark size={14} aria-hidden="true" />
          Save view
        </button>
      )}
      <SaveViewDialog
        open={asked === 'save'}
        onOpenChange={(open) => setAsked(open ? 'save' : null)}
        action={action}
        query={address.text}
        columns={columns}
        mayShare={mayShare}
      />
      <DangerDialog
        open={asked === 'delete'}
        onOpenChange={(open) => setAsked(open ? 'delete' : null)}
        title={`Delete the view ${opened?.name ?? ''}?`}
        word="Delete"
        action={action}
        fields={{ intent: 'delete', id: opened?.id ?? '' }}
      >
        {opened?.shared ? 'It disappears for everybody in the tenant. ' : ''}The events themselves stay.
      </DangerDialog>
    </span>
  );
}
