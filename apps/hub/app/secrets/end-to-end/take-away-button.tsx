import type { GrantedSink } from '@nexomatic/contracts/end-to-end-api';
import { useState } from 'react';
import { DangerDialog } from '../../components/overlay/danger-dialog.tsx';

interface TakeAwayButtonProps {
  secret: { name: string };
  sink: Pick<GrantedSink, 'id' | 'name'>;
  /** No other sink has the value. */
  isLast: boolean;
}

/** Asks, then takes a secret that is end-to-end from a sink. From the last one that has it only by the secret's name. */
export function TakeAwayButton({ secret, sink, isLast }: TakeAwayButtonProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="button" onClick={() => setOpen(true)}>
        Take away<span className="sr-only"> from {sink.name}</span>
      </button>
      <DangerDialog
        open={open}
        onOpenChange={setOpen}
        title={`Take ${secret.name} away from ${sink.name}?`}
        word={isLast ? 'Take away and lose the value' : 'Take away'}
        typeName={isLast ? secret.name : undefined}
        fields={{ intent: 'take-away', sink: sink.id, ...(isLast ? { confirmLoss: 'true' } : {}) }}
      >
        {isLast
          ? `${sink.name} is the last sink that has its value. Taken away there, the value is lost: nobody can open it any more, the hub neither, and you have to set it again. Grant it to another sink first to keep it.`
          : `${sink.name} gets it no more. What its modules have read before they may have kept, so set a new value if it is to be shut out.`}
      </DangerDialog>
    </>
  );
}
