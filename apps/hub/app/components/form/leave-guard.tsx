import { useBeforeUnload, useBlocker } from '@remix-run/react';
import { useCallback } from 'react';
import { Dialog } from '../overlay/dialog.tsx';

/** Asks before a page with unsaved changes is left, by a link or by closing it. */
export function LeaveGuard({ dirty }: { dirty: boolean }) {
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => dirty && currentLocation.pathname !== nextLocation.pathname,
  );
  useBeforeUnload(
    useCallback(
      (event) => {
        if (dirty) event.preventDefault();
      },
      [dirty],
    ),
  );
  return (
    <Dialog
      open={blocker.state === 'blocked'}
      onOpenChange={(open) => {
        if (!open) blocker.reset?.();
      }}
      title="Leave without saving?"
      footer={
        <>
          <button type="button" className="button" onClick={() => blocker.reset?.()}>
            Stay
          </button>
          <button type="button" className="button-danger" onClick={() => blocker.proceed?.()}>
            Leave
          </button>
        </>
      }
    >
      <p className="text-muted">What you changed here has not been saved and will be lost.</p>
    </Dialog>
  );
}
