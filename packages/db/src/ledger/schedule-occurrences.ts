import type { EventReason, EventState } from '@nexomatic/contracts/event-state';
import type { Id } from '@nexomatic/contracts/id';
import type { OccurrenceOrigin, OccurrenceStatus, SkipReason } from '@nexomatic/contracts/schedule-occurrence';
import type { SqlRunner } from '../sql.ts';
import { bytes, idOf } from './rows.ts';

/** An occurrence with what its event is just now; null where none was fired or it is no longer kept. */
export interface OccurrenceRow {
  scheduleId: Id<'schedule'>;
  dueAt: Date;
  throughAt: Date | null;
  count: number;
  status: OccurrenceStatus;
  reason: SkipReason | null;
  origin: OccurrenceOrigin;
  decidedAt: Date;
  decidedBy: string | null;
  event: {
    id: Id<'event'>;
    state: EventState;
    reason: EventReason | null;
    startedAt: Date | null;
    finishedAt: Date | null;
  } | null;
}

interface RawOccurrence {
  schedule_id: Uint8Array;
  due_at: Date;
  through_at: Date | null;
  count: number;
  status: OccurrenceStatus;
  reason: SkipReason | null;
  origin: OccurrenceOrigin;
  decided_at: Date;
  decided_by: string | null;
  event_id: Uint8Array | null;
  state: EventState | null;
  event_reason: EventReason | null;
  started_at: Date | null;
  finished_at: Date | null;
}

const select = `SELECT o.schedule_id, o.due_at, o.through_at, o.count, o.status, o.reason, o.origin, o.decided_at,
    o.decided_by, e.id AS event_id, e.state, e.reason AS event_reason, e.started_at, e.finished_at
  FROM schedule_occurrences o LEFT JOIN events e ON e.tenant_id = o.tenant_id AND e.id = o.event_id`;

const fromRaw = (raw: RawOccurrence): OccurrenceRow => ({
  scheduleId: idOf('schedule', raw.schedule_id),
  dueAt: raw.due_at,
  throughAt: raw.through_at,
  count: raw.count,
  status: raw.status,
  reason: raw.reason,
  origin: raw.origin,
  decidedAt: raw.decided_at,
  decidedBy: raw.decided_by,
  event:
    raw.event_id && raw.state
      ? {
          id: idOf('event', raw.event_id),
          state: raw.state,
          reason: raw.event_reason,
          startedAt: raw.started_at,
          finishedAt: raw.finished_at,
        }
      : null,
});

/** A page of what became of the runs of a schedule, the latest planned one first. */
export async function pageOccurrences(
  sql: SqlRunner,
  tenantId: Id<'tenant'>,
  scheduleId: Id<'schedule'>,
  page: { status: OccurrenceStatus | null; before: Date | null; limit: number },
): Promise<OccurrenceRow[]> {
  const { status, before, limit } = page;
  const rows = await sql.query<RawOccurrence>(
    `${select} WHERE o.tenant_id = ? AND o.schedule_id = ?${status ? ' AND o.status = ?' : ''}${
      before ? ' AND o.due_at < ?' : ''
    } ORDER BY o.due_at DESC LIMIT ?`,
    [bytes(tenantId), bytes(scheduleId), ...(status ? [status] : []), ...(before ? [before] : []), limit],
  );
  return rows.map(fromRaw);
}

/** The latest planned run of each of the schedules that had any. */
export async function latestOccurrences(
  sql: SqlRunner,
  tenantId: Id<'tenant'>,
  scheduleIds: Id<'schedule'>[],
): Promise<Map<Id<'schedule'>, OccurrenceRow>> {
  if (scheduleIds.length === 0) return new Map();
  const rows = await sql.query<RawOccurrence>(
    `${select} JOIN schedules s ON s.tenant_id = o.tenant_id AND s.id = o.schedule_id
     WHERE s.tenant_id = ? AND s.id IN (?) AND o.due_at = (SELECT MAX(l.due_at) FROM schedule_occurrences l
       WHERE l.tenant_id = s.tenant_id AND l.schedule_id = s.id)`,
    [bytes(tenantId), scheduleIds.map(bytes)],
  );
  return new Map(rows.map((row) => [idOf('schedule', row.schedule_id), fromRaw(row)]));
}
