import type { Id } from '@nexomatic/contracts/id';
import type { OccurrenceStatus } from '@nexomatic/contracts/schedule-occurrence';
import type { SqlRunner } from '../sql.ts';
import { bytes, idOf, idOrNull } from './rows.ts';
import type { ScheduleRef } from './schedule-rows.ts';

/** What decides about runs and stands elsewhere than in the schedule; each is one statement for a batch over all tenants. */

/** Those of the tenants that an instance admin has stopped. */
export async function suspendedTenants(tx: SqlRunner, ids: Id<'tenant'>[]): Promise<Set<Id<'tenant'>>> {
  const rows = await tx.query<{ id: Uint8Array }>(
    'SELECT id FROM tenants WHERE id IN (?) AND suspended_at IS NOT NULL',
    [ids.map(bytes)],
  );
  return new Set(rows.map(({ id }) => idOf('tenant', id)));
}

interface SchedulerSource {
  tenantId: Id<'tenant'>;
  id: Id<'source'>;
  enabled: boolean;
}

/** The source that each of the tenants fires its schedules as. */
export async function schedulerSources(
  tx: SqlRunner,
  tenantIds: Id<'tenant'>[],
): Promise<Map<Id<'tenant'>, SchedulerSource>> {
  const rows = await tx.query<{ tenant_id: Uint8Array; id: Uint8Array; enabled: number }>(
    `SELECT tenant_id, id, enabled FROM sources WHERE tenant_id IN (?) AND kind = 'SCHEDULER' ORDER BY id DESC`,
    [tenantIds.map(bytes)],
  );
  return new Map(
    rows.map((row) => {
      const tenantId = idOf('tenant', row.tenant_id);
      return [tenantId, { tenantId, id: idOf('source', row.id), enabled: row.enabled === 1 }];
    }),
  );
}

interface BlackoutRow {
  tenantId: Id<'tenant'>;
  /** Null: every schedule of the tenant. */
  scheduleId: Id<'schedule'> | null;
  /** JSON of `BlackoutWindow`. */
  span: string;
}

export async function blackoutsOf(tx: SqlRunner, tenantIds: Id<'tenant'>[]): Promise<BlackoutRow[]> {
  const rows = await tx.query<{ tenant_id: Uint8Array; schedule_id: Uint8Array | null; span: string }>(
    'SELECT tenant_id, schedule_id, span FROM schedule_blackouts WHERE tenant_id IN (?)',
    [tenantIds.map(bytes)],
  );
  return rows.map((row) => ({
    tenantId: idOf('tenant', row.tenant_id),
    scheduleId: idOrNull('schedule', row.schedule_id),
    span: row.span,
  }));
}

/** Events of each of the schedules that are not finished; 1,000 of one at most. */
export async function openEvents(tx: SqlRunner, refs: ScheduleRef[]): Promise<Map<Id<'schedule'>, Id<'event'>[]>> {
  if (refs.length === 0) return new Map();
  // One look into the index for each: a list of pairs would have it read every run that there ever was.
  const one = `(SELECT schedule_id, open_event_id FROM schedule_occurrences FORCE INDEX (schedule_occurrences_open)
    WHERE tenant_id = ? AND schedule_id = ? AND open_event_id IS NOT NULL LIMIT 1000)`;
  const rows = await tx.query<{ schedule_id: Uint8Array; open_event_id: Uint8Array }>(
    refs.map(() => one).join(' UNION ALL '),
    refs.flatMap(({ tenantId, id }) => [bytes(tenantId), bytes(id)]),
  );
  const open = Map.groupBy(rows, (row) => idOf('schedule', row.schedule_id));
  return new Map([...open].map(([id, group]) => [id, group.map((row) => idOf('event', row.open_event_id))]));
}

/** What stands already of planned runs, by schedule and instant (`occurrenceKey`). */
export async function standingOccurrences(
  tx: SqlRunner,
  runs: (ScheduleRef & { dueAt: Date })[],
): Promise<Map<string, OccurrenceStatus>> {
  if (runs.length === 0) return new Map();
  const rows = await tx.query<{ schedule_id: Uint8Array; due_at: Date; status: OccurrenceStatus }>(
    'SELECT schedule_id, due_at, status FROM schedule_occurrences WHERE (tenant_id, schedule_id, due_at) IN (?)',
    [runs.map(({ tenantId, id, dueAt }) => [bytes(tenantId), bytes(id), dueAt])],
  );
  return new Map(rows.map((row) => [occurrenceKey(idOf('schedule', row.schedule_id), row.due_at), row.status]));
}

/** One run as a key of a map. */
export const occurrenceKey = (id: Id<'schedule'>, dueAt: Date): string => `${id} ${dueAt.getTime()}`;
