import type { Problem } from '@nexomatic/contracts/error-code';
import type { RequestDetail } from '@nexomatic/contracts/request-api';
import { useFetcher } from '@remix-run/react';
import { useState } from 'react';
import { RotateCcw } from '../../components/icons.ts';
import { DangerDialog } from '../../components/overlay/danger-dialog.tsx';
import { useQuietSubmit } from '../../components/overlay/use-quiet-submit.ts';
import { useMay } from '../../frame/use-may.ts';
import { isUnproved } from './request-words.ts';

/** Sends a kept request through the source's present routes; one that did not prove its sender only after asking. */
export function ReplayButton({ request: { id, replayable, outcome, cause } }: { request: RequestDetail }) {
  const fetcher = useFetcher<{ problem?: Problem }>();
  const { onSubmit, waiting } = useQuietSubmit(fetcher.submit);
  const [asked, setAsked] = useState(false);
  if (!useMay()('events.manage')) return null;
  const busy = waiting || fetcher.state !== 'idle';
  const { problem } = fetcher.data ?? {};
  const unproved = isUnproved(cause);
  const look = outcome === 'accepted' || unproved ? 'button' : 'button-primary';
  const button = {
    className: look,
    disabled: busy || !replayable,
    title: replayable ? undefined : 'Its body is not kept whole, so it can not be replayed',
    children: (
      <>
        <RotateCcw size={14} aria-hidden="true" />
        {busy ? 'Replaying…' : 'Replay'}
      </>
    ),
  };
  if (unproved)
    return (
      <>
        <button type="button" {...button} onClick={() => setAsked(true)} />
        <DangerDialog
          open={asked}
          onOpenChange={setAsked}
          title="Replay a request that nobody vouches for?"
          word="Replay"
          fields={{ request: id }}
        >
          It did not prove whom it is from, and is not asked again: it fires whatever its routes say now. Replay it only
          if you know that your sender sent it, for example before its new secret was added here.
        </DangerDialog>
      </>
    );
  return (
    <fetcher.Form method="post" className="contents" onSubmit={onSubmit}>
      <input type="hidden" name="request" value={id} />
      <button type="submit" {...button} />
      {problem && !busy ? (
        <p role="alert" className="basis-full text-error text-sm">
          {problem.detail || problem.title}
        </p>
      ) : null}
    </fetcher.Form>
  );
}
