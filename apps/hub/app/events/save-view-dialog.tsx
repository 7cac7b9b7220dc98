import type { Problem } from '@nexomatic/contracts/error-code';
import { type FetcherWithComponents, useFetcher } from '@remix-run/react';
import { useEffect, useId } from 'react';
import { Dialog } from '../components/overlay/dialog.tsx';
import { ProblemBanner } from '../components/problem-banner.tsx';

interface SaveViewDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  action: string;
  query: string;
  columns: string;
  /** Whether the viewer may save it for everybody. */
  mayShare: boolean;
}

/** Gives the query and columns of the list a name. */
export function SaveViewDialog({ open, onOpenChange, action, query, columns, mayShare }: SaveViewDialogProps) {
  const fetcher: FetcherWithComponents<{ problem?: Problem } | undefined> = useFetcher();
  const id = useId();
  const busy = fetcher.state !== 'idle';
  const sent = fetcher.state === 'loading' && fetcher.data?.problem === undefined;
  // The action answers with a redirect to the saved view: then the dialog has done its work.
  useEffect(() => {
    if (sent) onOpenChange(false);
  }, [sent, onOpenChange]);
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Save this view"
      footer={
        <>
          <button type="button" className="button" onClick={() => onOpenChange(false)}>
            Cancel
          </button>
          <button type="submit" form={id} className="button-primary" disabled={busy}>
            {busy ? 'Saving…' : 'Save view'}
          </button>
        </>
      }
    >
      <fetcher.Form method="post" action={action} id={id} className="form-fields">
        <ProblemBanner problem={busy ? undefined : fetcher.data?.problem} />
        <input type="hidden" name="intent" value="create" />
        <input type="hidden" name="query" value={query} />
        <input type="hidden" name="columns" value={columns} />
        <div className="form-field">
          <label htmlFor={`${id}-name`} className="text-sm">
            Name
          </label>
          <input id={`${id}-name`} name="name" className="input" required maxLength={100} autoComplete="off" />
        </div>
        <p className="text-muted text-xs">
          Keeps the filter <code className="break-all">{query === '' ? 'every event' : query}</code> and the columns
          that are shown.
        </p>
        {mayShare ? (
          <label className="form-check">
            <input type="checkbox" name="shared" /> For everybody in the tenant
          </label>
        ) : null}
      </fetcher.Form>
    </Dialog>
  );
}
