import type { Problem } from '@nexomatic/contracts/error-code';
import type { InstanceTenant } from '@nexomatic/contracts/instance-api';
import { type FetcherWithComponents, useFetcher } from '@remix-run/react';
import { useId } from 'react';
import { Dialog } from '../components/overlay/dialog.tsx';
import { useClosesWhenDone } from '../components/overlay/use-closes-when-done.ts';
import { ProblemBanner } from '../components/problem-banner.tsx';

/** Asks for another name of a tenant. */
export function RenameTenantDialog({ tenant, onClose }: { tenant: InstanceTenant; onClose: () => void }) {
  const fetcher: FetcherWithComponents<{ problem?: Problem } | undefined> = useFetcher();
  const id = useId();
  useClosesWhenDone(fetcher, onClose);
  const busy = fetcher.state !== 'idle';
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={`Rename ${tenant.name}`}
      footer={
        <>
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" form={id} className="button-primary" disabled={busy}>
            {busy ? 'Renaming…' : 'Rename'}
          </button>
        </>
      }
    >
      <div className="form-fields">
        <ProblemBanner problem={busy ? undefined : fetcher.data?.problem} />
        <fetcher.Form method="post" id={id} className="form-field">
          <input type="hidden" name="intent" value="rename" />
          <input type="hidden" name="id" value={tenant.id} />
          <label htmlFor={`${id}-name`} className="form-label">
            Name
          </label>
          <input
            id={`${id}-name`}
            name="name"
            className="input"
            defaultValue={tenant.name}
            maxLength={100}
            required
            autoComplete="off"
          />
          <p className="form-help">
            The slug <code>{tenant.slug}</code> stays: it is part of every address.
          </p>
        </fetcher.Form>
      </div>
    </Dialog>
  );
}
