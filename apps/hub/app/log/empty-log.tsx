import type { EventState } from '@nexomatic/contracts/event-state';
import type { LogState } from './log-store.ts';
import type { LogSearch } from './search-log.ts';
import { UnreadableLog } from './unreadable.tsx';

interface EmptyProps {
  log: LogState;
  state: EventState;
  /** Whether it is known to stand in the archive, before it is open. */
  archived: boolean;
  /** Null without a filter. */
  filtered: LogSearch | null;
  clear: () => void;
  tryNow: () => void;
}

/** What stands where lines would, and why. */
export function EmptyLog({ log, state, archived, filtered, clear, tryNow }: EmptyProps) {
  if (filtered && log.total > 0) return <NoneOfThem search={filtered} total={log.total} clear={clear} />;
  if (log.problem) return <UnreadableLog problem={log.problem} tryNow={tryNow} />;
  return (
    <p className="log-empty" data-status={log.status}>
      {emptyText(log, state, archived)}
    </p>
  );
}

function NoneOfThem({ search, total, clear }: { search: LogSearch; total: number; clear: () => void }) {
  return (
    <div className="log-empty">
      <p>{filteredText(search, total)}</p>
      {search.searching ? null : (
        <button type="button" className="button" onClick={clear}>
          Show all lines
        </button>
      )}
    </div>
  );
}

function filteredText({ searching, problem }: LogSearch, total: number): string {
  if (problem) return problem.message;
  return searching ? 'Searching all lines…' : `None of ${total.toLocaleString('en')} lines is of that kind.`;
}

function emptyText({ status, attempt }: LogState, state: EventState, archived: boolean): string {
  if (status === 'interrupted') return 'The log can not be read just now; trying again.';
  if (status === 'opening') return archived ? 'In the archive. Fetching it, about 3 s…' : 'Opening the log…';
  if (state === 'QUEUED') return 'Waiting for a sink. Lines appear here as soon as it starts.';
  if (status === 'following') return 'Nothing printed yet.';
  return attempt === 0 ? 'It never started, so there is no log.' : 'The module printed nothing.';
}
