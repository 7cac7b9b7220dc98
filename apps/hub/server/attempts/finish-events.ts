import type { EventReason, TerminalState } from '@nexomatic/contracts/event-state';
import { type Activity, insertActivity } from '@nexomatic/db/ledger/activity';
import { type AttemptEnd, countFailures, finishAttempts, insertResults } from '@nexomatic/db/ledger/attempts';
import type { EventRow } from '@nexomatic/db/ledger/event-row';
import { insertOutbox, type OutboxRow } from '@nexomatic/db/ledger/insert-events';
import { type Finish, finish, type Requeue, requeue } from '@nexomatic/db/ledger/write-state';
import type { SqlTransaction } from '@nexomatic/db/sql';
import { fireFollowOns } from '../chains/fire-follow-on.ts';
import type { Definitions, EventTypeDefinition } from '../definitions/definitions.ts';

/** How an event's attempt, or its waiting, came to an end. The event is locked by the caller's transaction. */
export interface Ending {
  event: EventRow;
  state: TerminalState;
  reason: EventReason | null;
  message: string | null;
  exitCode: number | null;
  /** JSON bytes; null when there is none. */
  result: Uint8Array | null;
  lastLogSeq: number;
  /** Lines of its log, where its sink has counted them. */
  lastLogLine?: number | undefined;
  /** What the attempt's row says; null when the event ends without an attempt. */
  attemptEnd: AttemptEnd | null;
  actor: string;
  verb: Activity['verb'];
  /** More for the activity. */
  note?: string;
}

/** Reasons that another try may cure. */
const retryable = new Set<EventReason | null>(['exception', 'exit_code', 'killed', 'timeout']);
/** An event whose sinks were lost this often, and once more, is not tried again: it may be what kills them. */
const maxStalls = 2;
const maxBackoffSeconds = 3_600;

type Decision = { next: 'finish' } | { next: 'requeue'; reason: EventReason; delaySeconds: number; addStalls: 0 | 1 };

/**
 * Ends attempts: writes what happened and decides whether another attempt follows or the event is finished and fires its
 * follow-on, all in the caller's transaction. Gives the tickets that are to be dispatched after commit.
 */
export async function finishEvents(
  tx: SqlTransaction,
  definitions: Definitions,
  endings: Ending[],
): Promise<OutboxRow[]> {
  const finishes: Finish[] = [];
  const finished: { ending: Ending; eventType: EventTypeDefinition | null }[] = [];
  const requeues: Requeue[] = [];
  const tickets: OutboxRow[] = [];
  for (const ending of endings) {
    const { event } = ending;
    const eventType = await definitions.eventType(event.tenantId, event.eventTypeId);
    const decision = await decide(tx, ending, eventType);
    if (decision.next === 'requeue' && !event.cancelRequested) {
      const ref = { ...refOf(ending), message: ending.message };
      requeues.push({ ...ref, ...decision });
      tickets.push({ ...event, ...ref, attempt: event.attempt + 1, delaySeconds: decision.delaySeconds });
      continue;
    }
    // Whatever ended the attempt of a cancelled event: another one is not wanted.
    const cancelled = { state: 'ERROR', reason: 'cancelled' } as const;
    const last = decision.next === 'requeue' ? { ...ending, ...cancelled } : ending;
    finishes.push(toFinish(last));
    finished.push({ ending: last, eventType });
  }
  requeue(tx, requeues);
  finish(tx, finishes);
  finishAttempts(tx, endings.flatMap(toAttemptFinish));
  insertResults(tx, endings.flatMap(toResult));
  insertOutbox(tx, tickets);
  tickets.push(...(await fireFollowOns(tx, definitions, finished)));
  insertActivity(tx, endings.map(toActivity));
  return tickets;
}

async function decide(tx: SqlTransaction, ending: Ending, eventType: EventTypeDefinition | null): Promise<Decision> {
  const { event, attemptEnd } = ending;
  if (!eventType || !attemptEnd) return { next: 'finish' };
  if (attemptEnd === 'HANDED_BACK') return { next: 'requeue', reason: 'handed_back', delaySeconds: 0, addStalls: 0 };
  if (attemptEnd === 'LOST') {
    const safe = eventType.rerunWhenLost && event.stalls < maxStalls;
    return safe ? { next: 'requeue', reason: 'sink_lost', delaySeconds: 0, addStalls: 1 } : { next: 'finish' };
  }
  if (attemptEnd !== 'ERROR' || !retryable.has(ending.reason) || eventType.maxAttempts <= 1) return { next: 'finish' };
  const failures = (await countFailures(tx, event.tenantId, event.id)) + 1;
  if (failures >= eventType.maxAttempts) return { next: 'finish' };
  const delaySeconds = Math.min(eventType.backoffSeconds * 2 ** (failures - 1), maxBackoffSeconds);
  return { next: 'requeue', reason: 'retry_wait', delaySeconds, addStalls: 0 };
}

function toFinish(ending: Ending): Finish {
  const { event, state, reason, message, attemptEnd } = ending;
  const ran = event.state === 'RUNNING';
  // How long a lost sink went on with it is not known.
  const ranMs = ran && attemptEnd !== 'LOST' ? event.ranMs : null;
  const { eventTypeId, scheduleId } = event;
  return { ...refOf(ending), eventTypeId, scheduleId, from: ran ? 'RUNNING' : 'QUEUED', state, reason, message, ranMs };
}

const refOf = ({ event }: Ending) => ({ tenantId: event.tenantId, eventId: event.id, attempt: event.attempt });

const toAttemptFinish = (ending: Ending) =>
  ending.attemptEnd
    ? [
        {
          ...refOf(ending),
          state: ending.attemptEnd,
          reason: ending.reason,
          message: ending.message,
          exitCode: ending.exitCode,
          lastLogSeq: ending.lastLogSeq,
          lastLogLine: ending.lastLogLine ?? null,
        },
      ]
    : [];

const toResult = (ending: Ending) => (ending.result ? [{ ...refOf(ending), body: ending.result }] : []);

function toActivity(ending: Ending): Activity {
  const { event, actor, verb } = ending;
  const end = ending.attemptEnd ?? ending.state;
  const what = ending.reason ? `${end} · ${ending.reason}` : end;
  const where = ending.attemptEnd ? `attempt ${event.attempt}: ` : '';
  const detail = `${where}${what}${ending.note ? `, ${ending.note}` : ''}`;
  return { tenantId: event.tenantId, eventId: event.id, actor, verb, detail };
}
