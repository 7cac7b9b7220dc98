import type { Problem } from '@nexomatic/contracts/error-code';
import { useEffect, useRef } from 'react';

/** Closes a dialog whose form was sent and not refused: an action that did it may lead back to the very page at hand. */
export function useClosesWhenDone(
  fetcher: { state: string; data?: { problem?: Problem } | undefined },
  close: () => void,
): void {
  const sent = useRef(false);
  const current = useRef(close);
  current.current = close;
  const { state, data } = fetcher;
  useEffect(() => {
    if (state !== 'idle') sent.current = true;
    else if (sent.current) {
      sent.current = false;
      if (!data?.problem) current.current();
    }
  }, [state, data]);
}
