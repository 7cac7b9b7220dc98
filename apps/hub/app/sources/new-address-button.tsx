import { Form, useNavigation } from '@remix-run/react';
import { useId, useState } from 'react';
import { RefreshCw } from '../components/icons.ts';
import { Dialog } from '../components/overlay/dialog.tsx';

/** Asks, then replaces the address of a webhook. The page shows the new one. */
export function NewAddressButton({ name, action }: { name: string; action: string }) {
  const [open, setOpen] = useState(false);
  const formId = useId();
  const busy = useNavigation().state !== 'idle';
  return (
    <>
      <button type="button" className="button" onClick={() => setOpen(true)}>
        <RefreshCw size={14} aria-hidden="true" />
        New address
      </button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={`A new address for ${name}?`}
        footer={
          <>
            <button type="button" className="button" onClick={() => setOpen(false)}>
              Cancel
            </button>
            <button type="submit" form={formId} className="button-danger" disabled={busy}>
              Replace the address
            </button>
          </>
        }
      >
        <p className="text-muted">
          The old address stops working at once: requests to it are answered with 404 until their sender has the new
          one. The new address is shown once.
        </p>
        <Form method="post" action={action} id={formId} onSubmit={() => setOpen(false)}>
          <input type="hidden" name="intent" value="rotate" />
        </Form>
      </Dialog>
    </>
  );
}
