import { useState } from 'react';
import { OctagonX } from '../components/icons.ts';
import { DangerDialog } from '../components/overlay/danger-dialog.tsx';

/** Asks, then posts `intent=revoke` to the page of the sink. */
export function RevokeButton({ name, running }: { name: string; running: number }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="button" onClick={() => setOpen(true)}>
        <OctagonX size={14} aria-hidden="true" />
        Revoke
      </button>
      <DangerDialog
        open={open}
        onOpenChange={setOpen}
        title={`Revoke the sink ${name}?`}
        word="Revoke"
        fields={{ intent: 'revoke' }}
      >
        Its keys and its token stop working at once, and its agent is cut off. The sink stays here with its history, and
        comes back by a join token that names it.
        {running > 0 ? ' It runs events: what they end with can not be reported, and they count as lost.' : ''}
      </DangerDialog>
    </>
  );
}
