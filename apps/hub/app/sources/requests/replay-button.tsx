import type { Problem } from '@nexomatic/contracts/error-code';
import type { RequestDetail } from '@nexomatic/contracts/request-api';
import { useFetcher } from '@remix-run/react';
import { RotateCcw } from '../../components/icons.ts';
import { useMay } from '../../frame/use-may.ts';

/** Sends a kept request through the source's present routes. Whoever may not, or where its body is gone, sees why. */
export function ReplayButton({ request: { id, replayable, outcome } }: { request: RequestDetail }) {
  const fetcher = useFetcher<{ problem?: Problem }>();
  if (!useMay()('events.manage')) return null;
  const busy = fetcher.state !== 'idle';
  const { problem } = fetcher.data ?? {};
  return (
    <fetcher.Form method="post" className="contents">
      <input type="hidden" name="intent" value="replay" />
      <input type="hidden" name="request" value={id} />
      <button
        type="submit"
        className={outcome === 'accepted' ? 'button' : 'button-primary'}
        disabled={busy || !replayable}
        title={replayable ? undefined : 'Its body is not kept whole, so it can not be replayed'}
      >
        <RotateCcw size={14} aria-hidden="true" />
        {busy ? 'Replaying…' : 'Replay'}
      </button>
      {problem && !busy ? (
        <p role="alert" className="basis-full text-error text-sm">
          {problem.detail || problem.title}
        </p>
      ) : null}
    </fetcher.Form>
  );
}
