import type { Id } from '@nexomatic/contracts/id';
import type { Sql, SqlRunner } from '../sql.ts';
import { bytes } from './rows.ts';
import { readScheduleRows, type ScheduleRef, type ScheduleRow } from './schedule-rows.ts';

/** What keeps schedules going should a statement of the usual path never have been sent. */

/** A page of schedules that are switched on and that no tick looks at, by tenant and id. */
export function lockUnplanned(tx: SqlRunner, after: ScheduleRef | null, limit: number): Promise<ScheduleRow[]> {
  return readScheduleRows(
    tx,
    `WHERE wake_at IS NULL AND enabled ${after ? 'AND (tenant_id, id) > (?, ?)' : ''} ORDER BY tenant_id, id LIMIT ?
     FOR UPDATE SKIP LOCKED`,
    [...(after ? [bytes(after.tenantId), bytes(after.id)] : []), limit],
  );
}

/** Runs whose events have ended, or are no longer kept, and that still count as open; gives how many. */
export async function closeForgotten(sql: Sql): Promise<number> {
  const rows = await sql.query<{ tenant_id: Uint8Array; schedule_id: Uint8Array; open_event_id: Uint8Array }>(
    `SELECT o.tenant_id, o.schedule_id, o.open_event_id FROM schedules s
       JOIN schedule_occurrences o FORCE INDEX (schedule_occurrences_open)
         ON o.tenant_id = s.tenant_id AND o.schedule_id = s.id AND o.open_event_id IS NOT NULL
       LEFT JOIN events e ON e.tenant_id = o.tenant_id AND e.id = o.open_event_id
     WHERE e.id IS NULL OR e.state IN ('SUCCESS','WARNING','ERROR') LIMIT 1000`,
  );
  for (const row of rows) {
    await sql.run(
      'UPDATE schedule_occurrences SET open_event_id = NULL WHERE tenant_id = ? AND schedule_id = ? AND open_event_id = ?',
      [row.tenant_id, row.schedule_id, row.open_event_id],
    );
  }
  return rows.length;
}

/** Has a tick look at schedules with a run that waits for nothing any more; gives how many. */
export async function wakeWaiting(sql: Sql, now: Date): Promise<number> {
  const { affectedRows } = await sql.run(
    `UPDATE schedules SET wake_at = ?, updated_at = updated_at
     WHERE waiting_due_at IS NOT NULL AND (wake_at IS NULL OR wake_at > ?) AND NOT EXISTS (
       SELECT 1 FROM schedule_occurrences o WHERE o.tenant_id = schedules.tenant_id AND o.schedule_id = schedules.id
         AND o.open_event_id IS NOT NULL)`,
    [now, now],
  );
  return affectedRows;
}

/** Deletes some of what became of a tenant's runs before an instant; gives how many. What waits for somebody stays. */
export async function deleteOldOccurrences(
  sql: SqlRunner,
  tenantId: Id<'tenant'>,
  { before, limit }: { before: Date; limit: number },
): Promise<number> {
  const { affectedRows } = await sql.run(
    `DELETE FROM schedule_occurrences WHERE tenant_id = ? AND decided_at < ? AND status IN ('fired','skipped') LIMIT ?`,
    [bytes(tenantId), before, limit],
  );
  return affectedRows;
}
