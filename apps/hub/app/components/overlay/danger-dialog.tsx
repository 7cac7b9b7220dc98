import type { Problem, Reference } from '@nexomatic/contracts/error-code';
import { type FetcherWithComponents, useFetcher } from '@remix-run/react';
import { type ReactNode, useId, useState } from 'react';
import { ProblemBanner } from '../problem-banner.tsx';
import { RefList } from '../ref-list.tsx';
import { Dialog } from './dialog.tsx';
import { useClosesWhenDone } from './use-closes-when-done.ts';
import { useQuietSubmit } from './use-quiet-submit.ts';

interface DangerDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** What will happen, and whether it can be undone. */
  children: ReactNode;
  /** What the button says: "Delete", "Revoke". */
  word: string;
  /** Has to be typed before the button works: for what can't be brought back. */
  typeName?: string | undefined;
  /** What refers to the thing. With `blocked` it stands in the way and there is nothing to confirm. */
  references?: readonly Reference[];
  blocked?: boolean;
  /** Address that takes the POST, and what is sent to it. */
  action?: string;
  fields?: Record<string, string>;
}

/**
 * Asks before something is lost (R19). It posts by itself: an action that refuses answers `{ problem }`, which is shown here;
 * one that did it answers with a redirect.
 */
export function DangerDialog(props: DangerDialogProps) {
  const { open, onOpenChange, title, children, word, typeName, references = [], blocked = false } = props;
  const fetcher: FetcherWithComponents<{ problem?: Problem } | undefined> = useFetcher();
  const formId = useId();
  const [typed, setTyped] = useState('');
  useClosesWhenDone(fetcher, () => onOpenChange(false));
  const { onSubmit, waiting } = useQuietSubmit(fetcher.submit);
  const busy = waiting || fetcher.state !== 'idle';
  const ready = !(busy || blocked) && (typeName === undefined || typed === typeName);
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        if (!next) setTyped('');
        onOpenChange(next);
      }}
      title={title}
      footer={
        <>
          <button type="button" className="button" onClick={() => onOpenChange(false)}>
            {blocked ? 'Close' : 'Cancel'}
          </button>
          {blocked ? null : (
            <button type="submit" form={formId} className="button-danger" disabled={!ready}>
              {busy ? 'Working…' : word}
            </button>
          )}
        </>
      }
    >
      <div className="form-fields">
        <ProblemBanner problem={busy ? undefined : fetcher.data?.problem} />
        <div className="text-muted">{children}</div>
        {references.length > 0 ? <RefList references={references} /> : null}
        <fetcher.Form method="post" action={props.action} id={formId} className="form-field" onSubmit={onSubmit}>
          {Object.entries(props.fields ?? {}).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          {typeName === undefined || blocked ? null : (
            <>
              <label htmlFor={`${formId}-name`} className="text-sm">
                Type <strong className="break-all">{typeName}</strong> to confirm
              </label>
              <input
                id={`${formId}-name`}
                className="input"
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
              />
            </>
          )}
        </fetcher.Form>
      </div>
    </Dialog>
  );
}
