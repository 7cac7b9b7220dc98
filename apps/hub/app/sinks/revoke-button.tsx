import type { Reference } from '@nexomatic/contracts/error-code';
import { useState } from 'react';
import { OctagonX } from '../components/icons.ts';
import { DangerDialog } from '../components/overlay/danger-dialog.tsx';
import { LossNote } from './loss-note.tsx';

interface RevokeButtonProps {
  name: string;
  running: number;
  /** Secrets that are end-to-end and whose value no other sink has. */
  losses: readonly Reference[];
}

/** Asks, then posts `intent=revoke` to the page of the sink. Where values are lost by it, its name has to be typed. */
export function RevokeButton({ name, running, losses }: RevokeButtonProps) {
  const [open, setOpen] = useState(false);
  const loses = losses.length > 0;
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
        word={loses ? 'Revoke and lose values' : 'Revoke'}
        typeName={loses ? name : undefined}
        references={losses}
        fields={{ intent: 'revoke', ...(loses ? { confirmLoss: 'true' } : {}) }}
      >
        <LossNote count={losses.length} />
        Its keys and its token stop working at once, and its agent is cut off. The sink stays here with its history, and
        comes back by a join token that names it.
        {running > 0 ? ' It runs events: what they end with can not be reported, and they count as lost.' : ''}
      </DangerDialog>
    </>
  );
}
