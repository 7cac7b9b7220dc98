import type { EventReason, EventState } from '@nexomatic/contracts/event-state';
import type { Id } from '@nexomatic/contracts/id';
import { bytes, idOf, idOrNull } from './ledger/rows.ts';
import type { SqlRunner } from './sql.ts';

/**
 * What the Overview reads of the event tables. Each walks an index from one end and stops after a number of rows that does
 * not depend on how many events there are.
 */

const byState = 'FORCE INDEX (events_by_state)';

/** How many events are in that state, counted up to `limit` only. */
export async function countUpTo(
  sql: SqlRunner,
  tenantId: Id<'tenant'>,
  state: EventState,
  limit: number,
): Promise<number> {
  const [row] = await sql.query<{ n: number }>(
    `SELECT COUNT(*) AS n FROM (SELECT id FROM events ${byState} WHERE tenant_id = ? AND state = ? LIMIT ?) found`,
    [bytes(tenantId), state, limit],
  );
  return Number(row?.n ?? 0);
}

/** How many events of each type wait, counted up to `limit` for each; types of which none waits are left out. */
export async function countQueuedByType(
  sql: SqlRunner,
  tenantId: Id<'tenant'>,
  eventTypeIds: Id<'eventType'>[],
  limit: number,
): Promise<Map<Id<'eventType'>, number>> {
  if (eventTypeIds.length === 0) return new Map();
  const one = `SELECT ? AS i, COUNT(*) AS n FROM (SELECT id FROM events FORCE INDEX (events_by_type)
    WHERE tenant_id = ? AND event_type_id = ? AND state = 'QUEUED' LIMIT ?) found`;
  const rows = await sql.query<{ i: number; n: number }>(
    eventTypeIds.map(() => one).join(' UNION ALL '),
    eventTypeIds.flatMap((id, i) => [i, bytes(tenantId), bytes(id), limit]),
  );
  const counts = rows.filter(({ n }) => Number(n) > 0).map(({ i, n }) => [eventTypeIds[Number(i)], Number(n)] as const);
  return new Map(counts.flatMap(([id, n]) => (id ? [[id, n]] : [])));
}

/** Since when the one that waits longest of the oldest `limit` QUEUED events could have been started; delayed ones don't wait. */
export async function oldestWaiting(sql: SqlRunner, tenantId: Id<'tenant'>, limit: number): Promise<Date | null> {
  const [row] = await sql.query<{ at: Date | null }>(
    `SELECT MIN(available_at) AS at FROM (SELECT available_at FROM events ${byState}
       WHERE tenant_id = ? AND state = 'QUEUED' ORDER BY id LIMIT ?) oldest WHERE available_at <= NOW(3)`,
    [bytes(tenantId), limit],
  );
  return row?.at ?? null;
}

export interface RunningRow {
  id: Id<'event'>;
  eventTypeId: Id<'eventType'>;
  sinkId: Id<'sink'> | null;
  startedAt: Date;
}

/** Events that run, oldest first, `limit` at most: as many as the sinks have slots. */
export async function findRunning(sql: SqlRunner, tenantId: Id<'tenant'>, limit: number): Promise<RunningRow[]> {
  const rows = await sql.query<{ id: Buffer; event_type_id: Buffer; sink_id: Buffer | null; started_at: Date }>(
    `SELECT id, event_type_id, sink_id, started_at FROM events ${byState}
     WHERE tenant_id = ? AND state = 'RUNNING' ORDER BY id LIMIT ?`,
    [bytes(tenantId), limit],
  );
  return rows.map((row) => ({
    id: idOf('event', row.id),
    eventTypeId: idOf('eventType', row.event_type_id),
    sinkId: idOrNull('sink', row.sink_id),
    startedAt: row.started_at,
  }));
}

export interface ErrorRow {
  id: Id<'event'>;
  eventTypeId: Id<'eventType'>;
  reason: EventReason | null;
  message: string | null;
  finishedAt: Date;
}

/** The newest events that ended in ERROR, newest first. */
export async function findErrors(sql: SqlRunner, tenantId: Id<'tenant'>, limit: number): Promise<ErrorRow[]> {
  const rows = await sql.query<{
    id: Buffer;
    event_type_id: Buffer;
    reason: EventReason | null;
    message: string | null;
    finished_at: Date;
  }>(
    `SELECT id, event_type_id, reason, message, finished_at FROM events ${byState}
     WHERE tenant_id = ? AND state = 'ERROR' ORDER BY id DESC LIMIT ?`,
    [bytes(tenantId), limit],
  );
  return rows.map((row) => ({
    id: idOf('event', row.id),
    eventTypeId: idOf('eventType', row.event_type_id),
    reason: row.reason,
    message: row.message,
    finishedAt: row.finished_at,
  }));
}

/** The tenant's newest event. */
export async function findLatestEvent(
  sql: SqlRunner,
  tenantId: Id<'tenant'>,
): Promise<{ id: Id<'event'>; createdAt: Date } | null> {
  const [row] = await sql.query<{ id: Buffer; created_at: Date }>(
    'SELECT id, created_at FROM events FORCE INDEX (PRIMARY) WHERE tenant_id = ? ORDER BY id DESC LIMIT 1',
    [bytes(tenantId)],
  );
  return row ? { id: idOf('event', row.id), createdAt: row.created_at } : null;
}

/** Whether any event was run again, or one of the newest `limit` attempts ran a changed version of its action. */
export async function wasEdited(sql: SqlRunner, tenantId: Id<'tenant'>, limit: number): Promise<boolean> {
  const rows = await sql.query(
    `(SELECT 1 FROM event_reruns WHERE tenant_id = ? LIMIT 1) UNION ALL
     (SELECT 1 FROM (SELECT action_version FROM attempts FORCE INDEX (PRIMARY) WHERE tenant_id = ?
        ORDER BY event_id DESC, number DESC LIMIT ?) latest WHERE action_version > 1 LIMIT 1)`,
    [bytes(tenantId), bytes(tenantId), limit],
  );
  return rows.length > 0;
}
