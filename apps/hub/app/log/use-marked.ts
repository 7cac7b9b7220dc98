import type { Id } from '@nexomatic/contracts/id';
import { useEffect, useRef, useState } from 'react';
import type { LogState, LogStore } from './log-store.ts';
import type { LineRange } from './use-line-range.ts';
import type { Client } from './use-log.ts';

interface MarkedOptions {
  client: Client;
  id: Id<'event'>;
  store: LogStore;
  state: LogState;
  range: LineRange | null;
  /** The event failed: its log opens at the first error. */
  failed: boolean;
  reveal: (line: number) => boolean;
  setRange: (range: LineRange) => void;
}

/** The line that is gone to when a log opens, and from error to error by button or key; it begins again after the last. */
export function useMarked({ client, id, store, state, range, failed, reveal, setRange }: MarkedOptions) {
  const [marked, setMarked] = useState(0);
  const opened = useRef(false);

  function show(line: number): void {
    setMarked(line);
    reveal(line);
  }

  async function nextError(): Promise<void> {
    const { attempt, error } = store.state();
    const { error: next } = await client.events.logLines.query({ id, attempt, errorAfter: marked, limit: 1 });
    const line = next ?? error;
    if (line !== null) show(line);
  }

  useEffect(() => {
    if (opened.current || state.status === 'opening' || state.total === 0) return;
    opened.current = true;
    if (range) reveal(range.from);
    else if (state.asked !== null && !failed) {
      setRange({ from: state.asked, to: state.asked });
      reveal(state.asked);
    } else if (failed && state.error !== null) show(state.asked ?? state.error);
  });

  return { marked, nextError: () => nextError().catch(() => undefined) };
}
