import { Archive } from '../components/icons.ts';
import type { LogState } from './log-store.ts';

const words = { opening: '', complete: '', following: 'Streaming', interrupted: 'Interrupted' } as const;

/** How the log comes: live, out of the archive, or not just now. */
export function LogStatus({ state }: { state: LogState }) {
  const away = (state.problem ?? state.unread)?.archive === true;
  return (
    <span className="log-status" data-status={away ? 'interrupted' : state.status} role="status">
      {away || state.archived ? <Archive size={13} aria-hidden="true" /> : null}
      {away ? 'Archive unavailable' : state.archived ? archiveWords(state) : words[state.status]}
    </span>
  );
}

const archiveWords = ({ status, fetching }: LogState): string =>
  status === 'interrupted' ? words.interrupted : fetching ? 'Fetching from the archive…' : 'From the archive';
