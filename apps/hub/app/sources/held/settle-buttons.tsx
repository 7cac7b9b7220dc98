import { Form, useNavigation } from '@remix-run/react';
import { useState } from 'react';
import { RotateCcw, Trash2 } from '../../components/icons.ts';
import { DangerDialog } from '../../components/overlay/danger-dialog.tsx';

/** Delivers dead letters once more, or throws them away after asking: the one that is named, or all of the source. */
export function SettleButtons({ count, letter }: { count: number; letter?: string }) {
  const [asked, setAsked] = useState(false);
  const busy = useNavigation().formMethod !== undefined;
  const which =
    letter === undefined ? { all: ' all', what: count === 1 ? 'it' : `all ${count}` } : { all: '', what: 'it' };
  return (
    <div className="flex flex-wrap gap-2">
      <Form method="post">
        <input type="hidden" name="how" value="replay" />
        {letter === undefined ? null : <input type="hidden" name="letter" value={letter} />}
        <button type="submit" className="button" disabled={busy}>
          <RotateCcw size={14} aria-hidden="true" />
          Replay{which.all}
        </button>
      </Form>
      <button type="button" className="button" onClick={() => setAsked(true)}>
        <Trash2 size={14} aria-hidden="true" />
        Discard{which.all}
      </button>
      <DangerDialog
        open={asked}
        onOpenChange={setAsked}
        title={`Throw ${which.what} away?`}
        word="Discard"
        fields={{ how: 'discard', ...(letter === undefined ? {} : { letter }) }}
        {...(count > 1 ? { typeName: 'discard' } : {})}
      >
        {count === 1 ? 'The request was' : 'The requests were'} answered with 202: the sender will not send{' '}
        {count === 1 ? 'it' : 'them'} again. This can not be undone.
      </DangerDialog>
    </div>
  );
}
