import type { Problem } from '@nexomatic/contracts/error-code';
import type { EventSummary } from '@nexomatic/contracts/event-api';
import { type FetcherWithComponents, useFetcher } from '@remix-run/react';
import { type ReactElement, useEffect, useState } from 'react';
import { Dialog } from '../components/overlay/dialog.tsx';
import { useToast } from '../components/toast/toasts.tsx';

interface Reply {
  problem?: Problem;
  outcome?: 'cancelled' | 'cancelling';
}

const words = {
  cancelled: 'Cancelled: it will not run.',
  cancelling: 'The sink was asked to stop it.',
};

/** Cancels an event: at once while it waits, after a question while it runs, because work is broken off then. */
export function useCancel(tenant: string): { cancel: (event: EventSummary) => void; dialog: ReactElement } {
  const { submit, data }: FetcherWithComponents<Reply | undefined> = useFetcher();
  const [asked, setAsked] = useState<EventSummary | null>(null);
  const toast = useToast();
  useEffect(() => {
    if (data?.problem) toast(data.problem.detail, 'failed');
    else if (data?.outcome) toast(words[data.outcome]);
  }, [data, toast]);
  const send = ({ id }: EventSummary): void =>
    submit({ intent: 'cancel' }, { method: 'post', action: `/t/${tenant}/events/${id}` });
  return {
    cancel: (event) => {
      if (event.state === 'QUEUED') send(event);
      else if (event.finishedAt === null) setAsked(event);
      else toast('It has ended already, so there is nothing to cancel.', 'failed');
    },
    dialog: (
      <Dialog
        open={asked !== null}
        onOpenChange={(open) => {
          if (!open) setAsked(null);
        }}
        title={`Stop ${asked?.type ?? 'it'} while it runs?`}
        footer={
          <>
            <button type="button" className="button" onClick={() => setAsked(null)}>
              Let it run
            </button>
            <button
              type="button"
              className="button-danger"
              onClick={() => {
                if (asked) send(asked);
                setAsked(null);
              }}
            >
              Stop it
            </button>
          </>
        }
      >
        The sink is asked to end the module. What it has done by then stays done, and the event ends as ERROR ·
        cancelled.
      </Dialog>
    ),
  };
}
