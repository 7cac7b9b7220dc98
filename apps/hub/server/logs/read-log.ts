import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import { type LogPage, openLogPages } from './log-pages.ts';
import { findLogState, type LogDeps, type LogState, storedLog } from './stored-log.ts';

export interface LogAddress {
  id: Id<'event'>;
  /** The latest one when left out. */
  attempt?: number | undefined;
  after: number;
}

/** One page of an attempt's log, from its beginning or from where an earlier page ended. */
export async function readLog(
  deps: LogDeps,
  tenantId: Id<'tenant'>,
  { id, attempt, after }: LogAddress,
): Promise<LogPage> {
  // The state comes first: chunks that are read after an attempt was seen finished are all that it has.
  const state = await requireLogState(deps, tenantId, id, attempt);
  return openLogPages(storedLog(deps, tenantId, id, state.attempt), { attempt: state.attempt, after }).next(state);
}

/** As `findLogState`, but what is not there is refused with 404. */
export async function requireLogState(
  deps: LogDeps,
  tenantId: Id<'tenant'>,
  id: Id<'event'>,
  attempt: number | undefined,
): Promise<LogState> {
  const state = await findLogState(deps, tenantId, id, attempt);
  if (state) return state;
  const what = attempt === undefined ? `event ${id}` : `attempt ${attempt} of event ${id}`;
  throw new NexomaticError('not_found', `There is no ${what} here.`);
}
