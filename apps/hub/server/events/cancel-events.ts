import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { EventState } from '@nexomatic/contracts/event-state';
import type { Id } from '@nexomatic/contracts/id';
import { insertActivity } from '@nexomatic/db/ledger/activity';
import { type EventRow, lockEvents } from '@nexomatic/db/ledger/event-row';
import { type CancelSignal, insertCancels } from '@nexomatic/db/ledger/signals';
import { requestCancel } from '@nexomatic/db/ledger/write-state';
import type { Sql, SqlTransaction } from '@nexomatic/db/sql';
import type { LiveBus } from '@nexomatic/queue/live';
import { type Ending, finishEvents } from '../attempts/finish-events.ts';
import type { Definitions } from '../definitions/definitions.ts';
import type { SignalBus } from '../sinks/control/signal-bus.ts';
import { eventNotFound } from './get-event.ts';

interface Deps {
  sql: Sql;
  definitions: Definitions;
  live: LiveBus;
  signals: Pick<SignalBus, 'tell'>;
}

export interface CancelEvents {
  tenantId: Id<'tenant'>;
  ids: Id<'event'>[];
  /** Who wants it, as the activity of events names people. */
  by: string;
  /** Of what it is part, for the activity: `by blk_…`. */
  note?: string;
}

/** `cancelling`: it runs, and its sink is told at once, or at the latest when it renews the lease. Events that there are not are left out. */
export type CancelOutcome = { id: Id<'event'> } & (
  | { outcome: 'cancelled' | 'cancelling' }
  | { outcome: 'finished'; state: EventState }
);

/**
 * Cancels events: one that waits ends at once, one that runs is ended by its sink. Nothing follows on a cancelled event,
 * not even what is to follow on a failure. `also` belongs to the same transaction.
 */
export async function cancelEvents(
  deps: Deps,
  input: CancelEvents,
  also: (tx: SqlTransaction, outcomes: CancelOutcome[]) => void = () => undefined,
): Promise<CancelOutcome[]> {
  if (input.ids.length === 0) return [];
  const { outcomes, tell } = await deps.sql.transaction(async (tx) => {
    const cancelled = await cancelWithin(tx, deps.definitions, input);
    also(tx, cancelled.outcomes);
    return cancelled;
  });
  tell(deps);
  return outcomes;
}

/** What came of it, and whom to tell once it is committed. */
export interface CancelledEvents {
  outcomes: CancelOutcome[];
  tell(deps: Pick<Deps, 'live' | 'signals'>): void;
}

/** The same within a transaction that does more. */
export async function cancelWithin(
  tx: SqlTransaction,
  definitions: Definitions,
  { tenantId, ids, by, note = '' }: CancelEvents,
): Promise<CancelledEvents> {
  const events = await lockEvents(tx, tenantId, ids);
  const waiting = events.filter(({ state }) => state === 'QUEUED');
  await finishEvents(
    tx,
    definitions,
    waiting.map((event) => toEnding(event, by, note)),
  );
  const running = events.filter(({ state, cancelRequested }) => state === 'RUNNING' && !cancelRequested);
  requestCancel(
    tx,
    tenantId,
    running.map(({ id }) => id),
  );
  insertActivity(
    tx,
    running.map(({ id }) => ({ tenantId, eventId: id, verb: 'cancel_requested', actor: by, detail: note })),
  );
  const cancels = running.flatMap((event) => toCancel(event, by));
  insertCancels(tx, cancels);
  const outcomes = events.map(toOutcome);
  return {
    outcomes,
    tell({ live, signals }) {
      signals.tell(cancels, 'signal');
      live.publish(
        outcomes.filter(({ outcome }) => outcome !== 'finished').map(({ id }) => ({ tenantId, eventId: id })),
      );
    },
  };
}

/** Cancels one event. A repeated wish is answered like the first. */
export async function cancelEvent(
  deps: Deps,
  { tenantId, id, by }: { tenantId: Id<'tenant'>; id: Id<'event'>; by: string },
): Promise<{ id: Id<'event'>; outcome: 'cancelled' | 'cancelling' }> {
  const [outcome] = await cancelEvents(deps, { tenantId, ids: [id], by });
  if (!outcome) throw eventNotFound(id);
  if (outcome.outcome === 'finished') {
    throw new NexomaticError('conflict', `The event has ended already: ${outcome.state}.`);
  }
  return { id, outcome: outcome.outcome };
}

const toCancel = ({ tenantId, id: eventId, attempt, sinkId }: EventRow, by: string): CancelSignal[] =>
  sinkId ? [{ tenantId, sinkId, eventId, attempt, by }] : [];

function toOutcome({ id, state, reason }: EventRow): CancelOutcome {
  if (state === 'QUEUED' || (state === 'ERROR' && reason === 'cancelled')) return { id, outcome: 'cancelled' };
  return state === 'RUNNING' ? { id, outcome: 'cancelling' } : { id, outcome: 'finished', state };
}

const toEnding = (event: EventRow, by: string, note: string): Ending => ({
  event,
  state: 'ERROR',
  reason: 'cancelled',
  message: `cancelled by ${by.replace(/^\w+:/, '')} before it ran`,
  exitCode: null,
  result: null,
  lastLogSeq: 0,
  attemptEnd: null,
  actor: by,
  verb: 'cancelled',
  note,
});
