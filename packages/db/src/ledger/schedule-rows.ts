import type { Id } from '@nexomatic/contracts/id';
import type { MissedRule, OverlapRule, ScheduleKind } from '@nexomatic/contracts/schedule-api';
import type { SqlRunner, SqlTransaction, SqlValue } from '../sql.ts';
import { bytes, constantTable, idOf, idOrNull } from './rows.ts';

/** A schedule as the rules see it, without its payload. Read only `FOR UPDATE`, so what it says holds until the transaction ends. */
export interface ScheduleRow {
  tenantId: Id<'tenant'>;
  id: Id<'schedule'>;
  name: string;
  eventTypeId: Id<'eventType'>;
  kind: ScheduleKind;
  cron: string | null;
  at: Date | null;
  timeZone: string;
  startsAt: Date | null;
  endsAt: Date | null;
  jitterSeconds: number;
  overlap: OverlapRule;
  missed: MissedRule;
  missedWindowMinutes: number;
  pauseAfterFailures: number | null;
  pinnedSinkId: Id<'sink'> | null;
  enabled: boolean;
  standing: ScheduleStanding;
}

/** Where a schedule stands: what ticks and people change of it, apart from its definition. */
export interface ScheduleStanding {
  pausedAt: Date | null;
  pausedBy: string | null;
  pauseNote: string | null;
  pausedUntil: Date | null;
  failuresInRow: number;
  skipDueAt: Date | null;
  nextDueAt: Date | null;
  waitingDueAt: Date | null;
  heldCount: number;
  /** When a tick has to look at it. */
  wakeAt: Date | null;
}

interface RawSchedule {
  tenant_id: Uint8Array;
  id: Uint8Array;
  name: string;
  event_type_id: Uint8Array;
  kind: ScheduleKind;
  cron: string | null;
  at: Date | null;
  time_zone: string;
  starts_at: Date | null;
  ends_at: Date | null;
  jitter_seconds: number;
  overlap: OverlapRule;
  missed: MissedRule;
  missed_window_minutes: number;
  pause_after_failures: number | null;
  pinned_sink_id: Uint8Array | null;
  enabled: number;
  paused_at: Date | null;
  paused_by: string | null;
  pause_note: string | null;
  paused_until: Date | null;
  failures_in_row: number;
  skip_due_at: Date | null;
  next_due_at: Date | null;
  waiting_due_at: Date | null;
  held_count: number;
  wake_at: Date | null;
}

const columns = `tenant_id, id, name, event_type_id, kind, cron, at, time_zone, starts_at, ends_at, jitter_seconds, overlap,
  missed, missed_window_minutes, pause_after_failures, pinned_sink_id, enabled, paused_at, paused_by, pause_note,
  paused_until, failures_in_row, skip_due_at, next_due_at, waiting_due_at, held_count, wake_at`;

const fromRaw = (raw: RawSchedule): ScheduleRow => ({
  tenantId: idOf('tenant', raw.tenant_id),
  id: idOf('schedule', raw.id),
  name: raw.name,
  eventTypeId: idOf('eventType', raw.event_type_id),
  kind: raw.kind,
  cron: raw.cron,
  at: raw.at,
  timeZone: raw.time_zone,
  startsAt: raw.starts_at,
  endsAt: raw.ends_at,
  jitterSeconds: raw.jitter_seconds,
  overlap: raw.overlap,
  missed: raw.missed,
  missedWindowMinutes: raw.missed_window_minutes,
  pauseAfterFailures: raw.pause_after_failures,
  pinnedSinkId: idOrNull('sink', raw.pinned_sink_id),
  enabled: raw.enabled === 1,
  standing: {
    pausedAt: raw.paused_at,
    pausedBy: raw.paused_by,
    pauseNote: raw.pause_note,
    pausedUntil: raw.paused_until,
    failuresInRow: raw.failures_in_row,
    skipDueAt: raw.skip_due_at,
    nextDueAt: raw.next_due_at,
    waitingDueAt: raw.waiting_due_at,
    heldCount: raw.held_count,
    wakeAt: raw.wake_at,
  },
});

/** Names one schedule. */
export interface ScheduleRef {
  tenantId: Id<'tenant'>;
  id: Id<'schedule'>;
}

/** Schedules by what follows `FROM schedules`. */
export async function readScheduleRows(tx: SqlRunner, rest: string, params: SqlValue[]): Promise<ScheduleRow[]> {
  const rows = await tx.query<RawSchedule>(`SELECT ${columns} FROM schedules ${rest}`, params);
  return rows.map(fromRaw);
}

/** Schedules that a tick has to look at, the longest due first; those that another hub holds are left to it. */
export const lockDueSchedules = (tx: SqlRunner, now: Date, limit: number): Promise<ScheduleRow[]> =>
  readScheduleRows(
    tx,
    'FORCE INDEX (schedules_by_wake) WHERE wake_at <= ? ORDER BY wake_at LIMIT ? FOR UPDATE SKIP LOCKED',
    [now, limit],
  );

/** When, after an instant, a schedule has to be looked at; null when none has to. */
export async function soonestWake(sql: SqlRunner, after: Date): Promise<Date | null> {
  const [row] = await sql.query<{ wake_at: Date }>(
    'SELECT wake_at FROM schedules FORCE INDEX (schedules_by_wake) WHERE wake_at > ? ORDER BY wake_at LIMIT 1',
    [after],
  );
  return row?.wake_at ?? null;
}

/** The same of one alone, for whom a whole batch could not be decided. */
export const lockDueSchedule = (tx: SqlRunner, now: Date, { tenantId, id }: ScheduleRef): Promise<ScheduleRow[]> =>
  readScheduleRows(tx, 'WHERE tenant_id = ? AND id = ? AND wake_at <= ? FOR UPDATE', [bytes(tenantId), bytes(id), now]);

/** One schedule, whatever it does; null where there is none. Waits for whoever holds it. */
export async function lockScheduleRow(tx: SqlRunner, { tenantId, id }: ScheduleRef): Promise<ScheduleRow | null> {
  const [row] = await readScheduleRows(tx, 'WHERE tenant_id = ? AND id = ? FOR UPDATE', [bytes(tenantId), bytes(id)]);
  return row ?? null;
}

/** Payloads of schedules; null for one that fires `null`. */
export async function readPayloads(
  tx: SqlRunner,
  refs: ScheduleRef[],
): Promise<Map<Id<'schedule'>, Uint8Array | null>> {
  const rows = await tx.query<{ id: Uint8Array; payload: Uint8Array | null }>(
    'SELECT id, payload FROM schedules WHERE (tenant_id, id) IN (?)',
    [refs.map(({ tenantId, id }) => [bytes(tenantId), bytes(id)])],
  );
  return new Map(rows.map(({ id, payload }) => [idOf('schedule', id), payload]));
}

const standingColumns = [
  'paused_at',
  'paused_by',
  'pause_note',
  'paused_until',
  'failures_in_row',
  'skip_due_at',
  'next_due_at',
  'waiting_due_at',
  'held_count',
  'wake_at',
];

/**
 * Writes where locked schedules stand now. It is no change of their definition: neither their version nor the time of their last
 * change moves.
 */
export function writeStandings(tx: SqlTransaction, rows: (ScheduleRef & { standing: ScheduleStanding })[]): void {
  if (rows.length === 0) return;
  tx.defer(
    `UPDATE ${constantTable('v', ['tenant', 'id', ...standingColumns], rows.length)} STRAIGHT_JOIN schedules s
       FORCE INDEX (PRIMARY) ON s.tenant_id = v.tenant AND s.id = v.id
     SET ${standingColumns.map((column) => `s.${column} = v.${column}`).join(', ')}, s.updated_at = s.updated_at`,
    rows.flatMap(({ tenantId, id, standing: now }): SqlValue[] => [
      bytes(tenantId),
      bytes(id),
      ...[now.pausedAt, now.pausedBy, now.pauseNote, now.pausedUntil, now.failuresInRow, now.skipDueAt, now.nextDueAt],
      ...[now.waitingDueAt, now.heldCount, now.wakeAt],
    ]),
    (affected) => {
      if (affected !== rows.length) throw new Error(`standings: ${affected} rows changed, expected ${rows.length}`);
    },
  );
}

/** Has a tick look at a schedule at that instant, whatever else is due. */
export async function writeWake(sql: SqlRunner, { tenantId, id }: ScheduleRef, at: Date): Promise<void> {
  await sql.run('UPDATE schedules SET wake_at = ?, updated_at = updated_at WHERE tenant_id = ? AND id = ?', [
    at,
    bytes(tenantId),
    bytes(id),
  ]);
}

/** The database's clock, by which all hubs decide what is due. */
export async function readDatabaseTime(sql: SqlRunner): Promise<Date> {
  const [row] = await sql.query<{ now: Date }>('SELECT NOW(3) AS now');
  if (!row) throw new Error('the database does not know the time');
  return row.now;
}

/** Switches a schedule on or off. It is part of its definition, so that its version moves. */
export function switchScheduleRow(tx: SqlTransaction, { tenantId, id }: ScheduleRef, enabled: boolean): void {
  tx.defer('UPDATE schedules SET enabled = ?, version = version + 1 WHERE tenant_id = ? AND id = ?', [
    enabled,
    bytes(tenantId),
    bytes(id),
  ]);
}
