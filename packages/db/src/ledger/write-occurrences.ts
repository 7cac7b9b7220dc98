import type { Id } from '@nexomatic/contracts/id';
import type { OccurrenceOrigin, OccurrenceStatus, SkipReason } from '@nexomatic/contracts/schedule-occurrence';
import type { SqlRunner, SqlTransaction, SqlValue } from '../sql.ts';
import { bytes, constantTable, repeat } from './rows.ts';
import type { Finish } from './write-state.ts';

/**
 * The only place where rows of runs are written. The schedule's row is locked by the caller; that a run has one row, and so one
 * event, is the table's own key: a second INSERT fails, and with it the transaction that would have fired twice.
 */
export interface OccurrenceWrite {
  tenantId: Id<'tenant'>;
  scheduleId: Id<'schedule'>;
  dueAt: Date;
  throughAt: Date | null;
  count: number;
  status: OccurrenceStatus;
  reason: SkipReason | null;
  origin: OccurrenceOrigin;
  eventId: Id<'event'> | null;
  decidedAt: Date;
  decidedBy: string | null;
  /** What the row was before; null for a run that had none. */
  from: OccurrenceStatus | null;
}

const perStatement = 500;

/** Writes what became of runs: a row for each that had none, and what stood before is replaced only if it is what was read. */
export function writeOccurrences(tx: SqlTransaction, rows: OccurrenceWrite[]): void {
  const fresh = rows.filter(({ from }) => from === null);
  const changed = rows.filter(({ from }) => from !== null);
  for (let at = 0; at < fresh.length; at += perStatement) insertFresh(tx, fresh.slice(at, at + perStatement));
  for (let at = 0; at < changed.length; at += perStatement) change(tx, changed.slice(at, at + perStatement));
}

function insertFresh(tx: SqlTransaction, rows: OccurrenceWrite[]): void {
  tx.defer(
    `INSERT INTO schedule_occurrences (tenant_id, schedule_id, due_at, through_at, count, status, reason, origin, event_id,
       open_event_id, decided_at, decided_by) VALUES ${repeat('(?,?,?,?,?,?,?,?,?,?,?,?)', rows.length)}`,
    rows.flatMap((row): SqlValue[] => [
      bytes(row.tenantId),
      bytes(row.scheduleId),
      ...[row.dueAt, row.throughAt, row.count, row.status, row.reason, row.origin],
      bytes(row.eventId),
      bytes(row.eventId),
      row.decidedAt,
      row.decidedBy,
    ]),
  );
}

function change(tx: SqlTransaction, rows: OccurrenceWrite[]): void {
  const given = [
    'tenant',
    'schedule',
    'due_at',
    'old',
    'status',
    'reason',
    'origin',
    'event_id',
    'decided_at',
    'decided_by',
  ];
  tx.defer(
    `UPDATE ${constantTable('v', given, rows.length)} STRAIGHT_JOIN schedule_occurrences o FORCE INDEX (PRIMARY)
       ON o.tenant_id = v.tenant AND o.schedule_id = v.schedule AND o.due_at = CAST(v.due_at AS DATETIME(3))
     SET o.status = v.status, o.reason = v.reason, o.origin = v.origin, o.event_id = v.event_id,
       o.open_event_id = v.event_id, o.decided_at = v.decided_at, o.decided_by = v.decided_by
     WHERE o.status = v.old`,
    rows.flatMap((row): SqlValue[] => [
      bytes(row.tenantId),
      bytes(row.scheduleId),
      ...[row.dueAt, row.from, row.status, row.reason, row.origin],
      bytes(row.eventId),
      row.decidedAt,
      row.decidedBy,
    ]),
    (affected) => {
      if (affected !== rows.length) throw new Error(`occurrences: ${affected} rows changed, expected ${rows.length}`);
    },
  );
}

/**
 * Events of schedules are finished: their runs are no longer open, failures in a row are counted, and a schedule that has a run
 * waiting for this, or perhaps failed too often, is looked at by the next tick. What a person cancelled is no failure.
 */
export function closeOccurrences(tx: SqlTransaction, finishes: Finish[]): void {
  for (const { tenantId, eventId, scheduleId, state, reason } of finishes) {
    if (!scheduleId) continue;
    const key = [bytes(tenantId), bytes(scheduleId), bytes(eventId)];
    const failures = state !== 'ERROR' ? '0' : reason === 'cancelled' ? 'failures_in_row' : 'failures_in_row + 1';
    // Only what its own run waits for: a schedule that was deleted, or made anew, is not touched.
    tx.defer(
      `UPDATE schedules SET failures_in_row = ${failures}, updated_at = updated_at,
         wake_at = IF(waiting_due_at IS NOT NULL OR failures_in_row >= pause_after_failures, NOW(3), wake_at)
       WHERE tenant_id = ? AND id = ? AND EXISTS (SELECT 1 FROM schedule_occurrences o
         WHERE o.tenant_id = schedules.tenant_id AND o.schedule_id = schedules.id AND o.open_event_id = ?)`,
      key,
    );
    tx.defer(
      'UPDATE schedule_occurrences SET open_event_id = NULL WHERE tenant_id = ? AND schedule_id = ? AND open_event_id = ?',
      key,
    );
  }
}

/** Deletes some runs of a schedule that is gone; gives how many. */
export async function deleteOccurrences(
  sql: SqlRunner,
  tenantId: Id<'tenant'>,
  scheduleId: Id<'schedule'>,
  limit: number,
): Promise<number> {
  const { affectedRows } = await sql.run(
    'DELETE FROM schedule_occurrences WHERE tenant_id = ? AND schedule_id = ? LIMIT ?',
    [bytes(tenantId), bytes(scheduleId), limit],
  );
  return affectedRows;
}
