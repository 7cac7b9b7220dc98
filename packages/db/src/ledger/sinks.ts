import type { Id } from '@nexomatic/contracts/id';
import type { SinkStatus } from '@nexomatic/contracts/sink-api';
import type { SqlRunner } from '../sql.ts';
import { bytes, idOf } from './rows.ts';

type SinkRef = { tenantId: Id<'tenant'>; sinkId: Id<'sink'> };

/** Sinks of all tenants, with whether each is taken to be there. One that is shown as PAUSED is left alone. */
export async function listSinkStates(sql: SqlRunner): Promise<(SinkRef & { name: string; live: boolean })[]> {
  const rows = await sql.query<{ tenant_id: Uint8Array; id: Uint8Array; name: string; status: SinkStatus }>(
    `SELECT tenant_id, id, name, status FROM sinks WHERE status <> 'PAUSED'`,
  );
  return rows.map(({ tenant_id, id, name, status }) => ({
    tenantId: idOf('tenant', tenant_id),
    sinkId: idOf('sink', id),
    name,
    live: status !== 'OFFLINE',
  }));
}

/** They were last heard of at least that long ago. One that is to pause is shown so, whether it is there or not. */
export async function markOffline(sql: SqlRunner, sinks: SinkRef[], silentMs: number): Promise<void> {
  if (sinks.length === 0) return;
  await sql.run(
    `UPDATE sinks SET status = IF(paused_at IS NULL, 'OFFLINE', 'PAUSED'), last_seen_at = NOW(3) - INTERVAL ? MICROSECOND
     WHERE status <> 'PAUSED' AND (tenant_id, id) IN (${sinks.map(() => '(?, ?)').join(', ')})`,
    [silentMs * 1_000, ...refsOf(sinks)],
  );
}

/** OFFLINE → ONLINE. */
export async function markOnline(sql: SqlRunner, sinks: SinkRef[]): Promise<void> {
  if (sinks.length === 0) return;
  await sql.run(
    `UPDATE sinks SET status = 'ONLINE', last_seen_at = NOW(3)
     WHERE status = 'OFFLINE' AND (tenant_id, id) IN (${sinks.map(() => '(?, ?)').join(', ')})`,
    refsOf(sinks),
  );
}

export interface UnnotedSink extends SinkRef {
  name: string;
  status: SinkStatus;
  notedStatus: SinkStatus | null;
  lastSeenAt: Date | null;
  revoked: boolean;
}

/** Sinks of all tenants whose history does not tell of the status that they have now. */
export async function listUnnotedSinks(sql: SqlRunner): Promise<UnnotedSink[]> {
  const rows = await sql.query<UnnotedRow>(
    `SELECT tenant_id, id, name, status, noted_status, last_seen_at, sign_key IS NULL AND token_hash IS NULL AS revoked
     FROM sinks WHERE NOT (noted_status <=> status) LIMIT 1000`,
  );
  return rows.map((row) => ({
    tenantId: idOf('tenant', row.tenant_id),
    sinkId: idOf('sink', row.id),
    name: row.name,
    status: row.status,
    notedStatus: row.noted_status,
    lastSeenAt: row.last_seen_at,
    revoked: Boolean(row.revoked),
  }));
}

interface UnnotedRow {
  tenant_id: Uint8Array;
  id: Uint8Array;
  name: string;
  status: SinkStatus;
  noted_status: SinkStatus | null;
  last_seen_at: Date | null;
  revoked: number;
}

const refsOf = (sinks: SinkRef[]) => sinks.flatMap(({ tenantId, sinkId }) => [bytes(tenantId), bytes(sinkId)]);

/** How many events each sink of a tenant runs. Walks the running ones alone: never more than all slots together. */
export async function countRunning(sql: SqlRunner, tenantId: Id<'tenant'>): Promise<Map<Id<'sink'>, number>> {
  const rows = await sql.query<{ sink_id: Uint8Array; count: number }>(
    `SELECT sink_id, COUNT(*) AS count FROM events FORCE INDEX (events_by_state)
     WHERE tenant_id = ? AND state = 'RUNNING' AND sink_id IS NOT NULL GROUP BY sink_id`,
    [bytes(tenantId)],
  );
  return new Map(rows.map((row) => [idOf('sink', row.sink_id), Number(row.count)]));
}

/** Events that a sink runs, oldest first. */
export async function runningOn(sql: SqlRunner, tenantId: Id<'tenant'>, sinkId: Id<'sink'>, limit: number) {
  const rows = await sql.query<{ id: Uint8Array; type: string; started_at: Date }>(
    `SELECT e.id, t.name AS type, e.started_at
     FROM events e FORCE INDEX (events_by_state)
       JOIN event_types t ON t.tenant_id = e.tenant_id AND t.id = e.event_type_id
     WHERE e.tenant_id = ? AND e.state = 'RUNNING' AND e.sink_id = ? ORDER BY e.id LIMIT ?`,
    [bytes(tenantId), bytes(sinkId), limit],
  );
  return rows.map((row) => ({ id: idOf('event', row.id), type: row.type, startedAt: row.started_at }));
}

/**
 * How many events wait for sinks of each type, counted up to `atMost`. Asked by event type, because events are indexed so:
 * one that was fired before its event type moved to another sink type is counted there.
 */
export async function countWaiting(
  sql: SqlRunner,
  tenantId: Id<'tenant'>,
  sinkTypeIds: Id<'sinkType'>[],
  atMost: number,
): Promise<Map<Id<'sinkType'>, number>> {
  const counts = await Promise.all(
    sinkTypeIds.map(async (id): Promise<[Id<'sinkType'>, number]> => {
      const [row] = await sql.query<{ count: number }>(
        `SELECT COUNT(*) AS count FROM (
           SELECT 1 FROM event_types t JOIN events e FORCE INDEX (events_by_type)
             ON e.tenant_id = t.tenant_id AND e.event_type_id = t.id AND e.state = 'QUEUED'
           WHERE t.tenant_id = ? AND t.sink_type_id = ? LIMIT ?) waiting`,
        [bytes(tenantId), bytes(id), atMost],
      );
      return [id, Number(row?.count ?? 0)];
    }),
  );
  return new Map(counts);
}

/** Whether any event waits for or runs on a sink of the type. Walks what is open: for rare questions, not for lists. */
export async function hasOpenEvents(sql: SqlRunner, tenantId: Id<'tenant'>, id: Id<'sinkType'>): Promise<boolean> {
  const rows = await sql.query(
    `SELECT 1 FROM events FORCE INDEX (events_by_state)
     WHERE tenant_id = ? AND state IN ('QUEUED', 'RUNNING') AND sink_type_id = ? LIMIT 1`,
    [bytes(tenantId), bytes(id)],
  );
  return rows.length > 0;
}

/** Sinks of all tenants that take tickets off Redis themselves, with what proves each to the hub. */
export async function listDirectSinks(sql: SqlRunner) {
  const rows = await sql.query<{ tenant_id: Uint8Array; id: Uint8Array; type: string; credential: Uint8Array }>(
    `SELECT s.tenant_id, s.id, t.name AS type, COALESCE(s.sign_key, s.token_hash) AS credential
     FROM sinks s JOIN sink_types t ON t.tenant_id = s.tenant_id AND t.id = s.sink_type_id
     WHERE s.transport = 'direct' AND COALESCE(s.sign_key, s.token_hash) IS NOT NULL`,
  );
  return rows.map((row) => ({
    tenantId: idOf('tenant', row.tenant_id),
    sinkId: idOf('sink', row.id),
    sinkTypeName: row.type,
    credential: row.credential,
  }));
}
