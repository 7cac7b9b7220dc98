import { useState } from 'react';
import { RefreshCw } from '../components/icons.ts';
import { DangerDialog } from '../components/overlay/danger-dialog.tsx';

/** Asks, then posts to the page of the keys. */
export function RotateKeyButton() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="button ml-auto" onClick={() => setOpen(true)}>
        <RefreshCw size={14} aria-hidden="true" />
        Make another key
      </button>
      <DangerDialog open={open} onOpenChange={setOpen} title="Make another key?" word="Make it">
        It seals from now on, and the values that there are are sealed to it in the background. Whoever is just typing a
        value notices nothing. The old key goes once nothing needs it.
      </DangerDialog>
    </>
  );
}
