import type { EventState } from '@nexomatic/contracts/event-state';
import type { LogState } from './log-store.ts';

interface EmptyProps {
  log: LogState;
  state: EventState;
  filtered: boolean;
  searching: boolean;
  clear: () => void;
}

/** What stands where lines would, and why. */
export function EmptyLog({ log, state, filtered, searching, clear }: EmptyProps) {
  if (filtered && log.total > 0) {
    return (
      <div className="log-empty">
        <p>{searching ? 'Searching all lines…' : `None of ${log.total.toLocaleString('en')} lines is of that kind.`}</p>
        {searching ? null : (
          <button type="button" className="button mt-3" onClick={clear}>
            Show all lines
          </button>
        )}
      </div>
    );
  }
  return <p className="log-empty">{emptyText(log, state)}</p>;
}

function emptyText({ status, attempt, problem }: LogState, state: EventState): string {
  if (status === 'interrupted') return problem ?? 'The log can not be read just now; trying again.';
  if (state === 'QUEUED') return 'Waiting for a sink. Lines appear here as soon as it starts.';
  if (status === 'complete')
    return attempt === 0 ? 'It never started, so there is no log.' : 'The module printed nothing.';
  return status === 'opening' ? 'Opening the log… From the archive it takes some seconds.' : 'Nothing printed yet.';
}
