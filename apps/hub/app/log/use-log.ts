import type { Id } from '@nexomatic/contracts/id';
import { useEffect, useState } from 'react';
import { createBrowserClient } from '../live/browser-client.ts';
import { addEntries, emptyLog, type LineReader } from './to-lines.ts';

export interface LogState extends LineReader {
  /** Attempt that the lines are of; 0 while there is none. */
  attempt: number;
  status: 'opening' | 'following' | 'complete' | 'interrupted';
}

const opening: LogState = { ...emptyLog, attempt: 0, status: 'opening' };

/**
 * An attempt's log from its first line, and on as it is written. The stream is closed while nobody looks at the page and
 * goes on where it was.
 */
export function useLog(tenant: string, id: Id<'event'>, attempt: number | undefined): LogState {
  const key = `${id} ${attempt ?? ''}`;
  const [log, setLog] = useState({ ...opening, key });
  if (log.key !== key) setLog({ ...opening, key });

  useEffect(() => {
    let position: string | undefined;
    let complete = false;
    let close: (() => void) | undefined;

    function open(): void {
      if (close || complete) return;
      const subscription = createBrowserClient(tenant).events.followLog.subscribe(
        {
          id,
          ...(attempt === undefined ? {} : { attempt }),
          ...(position === undefined ? {} : { lastEventId: position }),
        },
        {
          onData: ({ id: at, data }) => {
            position = at;
            complete = data.complete;
            setLog((before) => ({
              key,
              ...addEntries(before, data.entries),
              attempt: data.attempt,
              status: data.complete ? 'complete' : 'following',
            }));
          },
          onConnectionStateChange: ({ state }) => {
            if (state === 'connecting')
              setLog((before) => (before.lines.length > 0 ? { ...before, status: 'interrupted' } : before));
            else if (state === 'pending' && !complete) setLog((before) => ({ ...before, status: 'following' }));
          },
          onError: () => setLog((before) => ({ ...before, status: complete ? 'complete' : 'interrupted' })),
        },
      );
      close = () => subscription.unsubscribe();
    }

    function looked(): void {
      if (document.visibilityState === 'visible') {
        open();
      } else {
        close?.();
        close = undefined;
      }
    }

    document.addEventListener('visibilitychange', looked);
    looked();
    return () => {
      document.removeEventListener('visibilitychange', looked);
      close?.();
    };
  }, [tenant, id, attempt, key]);

  return log.key === key ? log : opening;
}
