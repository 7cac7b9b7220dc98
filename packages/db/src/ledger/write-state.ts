import type { EventReason, TerminalState } from '@nexomatic/contracts/event-state';
import type { Id } from '@nexomatic/contracts/id';
import type { SqlRunner, SqlTransaction, SqlValue } from '../sql.ts';
import type { EventFact } from './event-fact.ts';
import type { EventRow } from './event-row.ts';
import { byTenant, bytes, constantTable } from './rows.ts';
import { closeOccurrences } from './write-occurrences.ts';

/**
 * The only place where the state of an event is changed (it is born QUEUED in `insert-events.ts`). Each statement names
 * the old state that it allows and the attempt that it speaks for; the callers hold the rows locked, so a row that
 * isn't changed means that the rules above are wrong, and the transaction is given up.
 *
 * `due_at` is the next instant at which somebody must look after the event: the end of its lease while it runs, the
 * next patrol or the end of its queue time while it waits, null once it is finished. All by the database's clock.
 *
 * The join order and the primary key are forced: with another plan the statement would lock rows that it doesn't change.
 */

interface Ref {
  tenantId: Id<'tenant'>;
  eventId: Id<'event'>;
}

function demand(expected: number, what: string): (affected: number) => void {
  return (affected) => {
    if (affected !== expected) throw new Error(`${what}: ${affected} rows changed, expected ${expected}`);
  };
}

/**
 * QUEUED → RUNNING for one sink, with the next attempt number. All of one tenant and one run time. The caller has seen
 * them QUEUED under a lock, so all of them change; nothing is counted, which saves an idle event a round trip.
 */
export function startRunning(
  tx: SqlTransaction,
  start: {
    tenantId: Id<'tenant'>;
    events: Pick<EventRow, 'id' | 'eventTypeId' | 'attempt' | 'waitedMs'>[];
    sinkId: Id<'sink'>;
    leaseMs: number;
    timeoutSeconds: number;
  },
): void {
  tx.defer(
    `UPDATE events FORCE INDEX (PRIMARY) SET state = 'RUNNING', reason = NULL, message = NULL, attempt = attempt + 1, sink_id = ?,
       started_at = COALESCE(started_at, NOW(3)), lease_until = NOW(3) + INTERVAL ? MICROSECOND,
       run_until = NOW(3) + INTERVAL ? SECOND, due_at = NOW(3) + INTERVAL ? MICROSECOND
     WHERE tenant_id = ? AND id IN (?) AND state = 'QUEUED'`,
    [
      bytes(start.sinkId),
      start.leaseMs * 1000,
      start.timeoutSeconds,
      start.leaseMs * 1000,
      bytes(start.tenantId),
      start.events.map(({ id }) => bytes(id)),
    ],
  );
  const { tenantId } = start;
  const first = start.events.filter(({ attempt }) => attempt === 0);
  tx.tell(first.map(({ eventTypeId, waitedMs }) => ({ tenantId, eventTypeId, measure: 'wait', ms: waitedMs })));
}

/**
 * Prolongs the leases of attempts that this sink still runs within their time and that nobody asked to end; says how many
 * there were.
 */
export async function renewLeases(
  tx: SqlRunner,
  tenantId: Id<'tenant'>,
  sinkId: Id<'sink'>,
  attempts: { eventId: Id<'event'>; attempt: number }[],
  leaseMs: number,
): Promise<number> {
  const { affectedRows } = await tx.run(
    `UPDATE ${constantTable('v', ['id', 'attempt'], attempts.length)} STRAIGHT_JOIN events e FORCE INDEX (PRIMARY)
         ON e.tenant_id = ? AND e.id = v.id AND e.attempt = v.attempt
     SET e.lease_until = NOW(3) + INTERVAL ? MICROSECOND, e.due_at = NOW(3) + INTERVAL ? MICROSECOND
     WHERE e.state = 'RUNNING' AND e.sink_id = ? AND e.run_until > NOW(3)
       AND e.cancel_requested_at IS NULL`,
    [
      ...attempts.flatMap(({ eventId, attempt }): SqlValue[] => [bytes(eventId), attempt]),
      bytes(tenantId),
      leaseMs * 1000,
      leaseMs * 1000,
      bytes(sinkId),
    ],
  );
  return affectedRows;
}

/** Notes on events that run that somebody asked to end them: their sinks are told at the next renewal, and end them. */
export function requestCancel(tx: SqlTransaction, tenantId: Id<'tenant'>, eventIds: Id<'event'>[]): void {
  if (eventIds.length === 0) return;
  tx.defer(
    `UPDATE events FORCE INDEX (PRIMARY) SET cancel_requested_at = NOW(3)
     WHERE tenant_id = ? AND id IN (?) AND state = 'RUNNING' AND cancel_requested_at IS NULL`,
    [bytes(tenantId), eventIds.map(bytes)],
    demand(eventIds.length, 'request cancel'),
  );
}

export interface Finish extends Ref {
  /** Number of the attempt that ended, or of the latest one when the event ends without running. */
  attempt: number;
  eventTypeId: Id<'eventType'>;
  scheduleId: Id<'schedule'> | null;
  /** How long that attempt ran; null for an event that ends without running, and where its sink was lost. */
  ranMs: number | null;
  from: 'QUEUED' | 'RUNNING';
  state: TerminalState;
  reason: EventReason | null;
  message: string | null;
}

/** QUEUED or RUNNING → a terminal state. */
export function finish(tx: SqlTransaction, finishes: Finish[]): void {
  tx.tell(finishes.flatMap(factsOf));
  for (const [tenantId, group] of byTenant(finishes)) {
    tx.defer(
      `UPDATE ${constantTable('v', ['id', 'attempt', 'old', 'state', 'reason', 'message'], group.length)} STRAIGHT_JOIN events e FORCE INDEX (PRIMARY)
         ON e.tenant_id = ? AND e.id = v.id AND e.attempt = v.attempt AND e.state = v.old
       SET e.state = v.state, e.reason = v.reason, e.message = v.message, e.finished_at = NOW(3),
         e.lease_until = NULL, e.run_until = NULL, e.due_at = NULL`,
      [
        ...group.flatMap((end): SqlValue[] => [
          bytes(end.eventId),
          end.attempt,
          end.from,
          end.state,
          end.reason,
          end.message?.slice(0, 500) ?? null,
        ]),
        bytes(tenantId),
      ],
      demand(group.length, 'finish'),
    );
  }
  closeOccurrences(tx, finishes);
}

function factsOf({ tenantId, eventTypeId, state, ranMs }: Finish): EventFact[] {
  const ended: EventFact = { tenantId, eventTypeId, measure: state, ms: 0 };
  return ranMs === null ? [ended] : [ended, { ...ended, measure: 'run', ms: ranMs }];
}

export interface Requeue extends Ref {
  attempt: number;
  reason: EventReason;
  message: string | null;
  /** Not to be started earlier than this many seconds from now. */
  delaySeconds: number;
  /** 1 when a sink was lost, which is counted and bounded. */
  addStalls: 0 | 1;
}

/** RUNNING → QUEUED: an attempt ended (failed, lost, handed back) and another is to follow. */
export function requeue(tx: SqlTransaction, requeues: Requeue[]): void {
  for (const [tenantId, group] of byTenant(requeues)) {
    tx.defer(
      `UPDATE ${constantTable('v', ['id', 'attempt', 'reason', 'message', 'delay', 'stall'], group.length)} STRAIGHT_JOIN events e FORCE INDEX (PRIMARY)
         ON e.tenant_id = ? AND e.id = v.id AND e.attempt = v.attempt
       SET e.state = 'QUEUED', e.reason = v.reason, e.message = v.message, e.stalls = e.stalls + v.stall,
         e.available_at = NOW(3) + INTERVAL v.delay SECOND, e.lease_until = NULL, e.run_until = NULL,
         e.expires_at = GREATEST(e.expires_at, NOW(3) + INTERVAL v.delay + 3600 SECOND),
         e.due_at = NOW(3) + INTERVAL v.delay + 30 SECOND
       WHERE e.state = 'RUNNING'`,
      [
        ...group.flatMap((back): SqlValue[] => [
          bytes(back.eventId),
          back.attempt,
          back.reason,
          back.message?.slice(0, 500) ?? null,
          back.delaySeconds,
          back.addStalls,
        ]),
        bytes(tenantId),
      ],
      demand(group.length, 'requeue'),
    );
  }
}

/**
 * Sets the next patrol of events that wait: the longer one has waited, the rarer (30 s at first, 10 min at most), so
 * that a long queue for a sink which is away costs little. Never later than the end of its queue time.
 */
export function postponePatrol(tx: SqlTransaction, events: Ref[]): void {
  for (const [tenantId, group] of byTenant(events)) {
    tx.defer(
      `UPDATE events SET due_at = LEAST(expires_at, NOW(3) + INTERVAL
         LEAST(600, GREATEST(30, TIMESTAMPDIFF(SECOND, available_at, NOW(3)))) SECOND)
       WHERE tenant_id = ? AND id IN (?) AND state = 'QUEUED'`,
      [bytes(tenantId), group.map((event) => bytes(event.eventId))],
    );
  }
}
