import type { Id } from '@nexomatic/contracts/id';
import type { SqlRunner, SqlValue } from '../sql.ts';
import type { AttemptRef } from './attempts.ts';
import type { OutboxRow } from './insert-events.ts';
import { bytes, idOf, idOrNull } from './rows.ts';

interface RawOutbox {
  tenant_id: Uint8Array;
  event_id: Uint8Array;
  attempt: number;
  sink_type_id: Uint8Array;
  pinned_sink_id: Uint8Array | null;
  delay: number;
}

function fromRaw(row: RawOutbox): OutboxRow {
  return {
    tenantId: idOf('tenant', row.tenant_id),
    eventId: idOf('event', row.event_id),
    attempt: Number(row.attempt),
    sinkTypeId: idOf('sinkType', row.sink_type_id),
    pinnedSinkId: idOrNull('sink', row.pinned_sink_id),
    delaySeconds: Number(row.delay),
  };
}

/** Rows that the relay should have taken by now: at least `ageSeconds` old, oldest first. */
export async function findStaleOutbox(tx: SqlRunner, ageSeconds: number, limit: number): Promise<OutboxRow[]> {
  const rows = await tx.query<RawOutbox>(
    `SELECT tenant_id, event_id, attempt, sink_type_id, pinned_sink_id,
       GREATEST(0, TIMESTAMPDIFF(SECOND, NOW(3), available_at)) AS delay
     FROM outbox WHERE created_at <= NOW(3) - INTERVAL ? SECOND ORDER BY created_at LIMIT ?`,
    [ageSeconds, limit],
  );
  return rows.map(fromRaw);
}

/**
 * Deletes rows whose tickets are in Redis. Grouped by tenant and attempt, so that each statement is a look-up by primary
 * key, and a later attempt's row, written meanwhile, stays.
 */
export async function deleteOutbox(tx: SqlRunner, rows: AttemptRef[]): Promise<void> {
  const groups = Map.groupBy(rows, (row) => `${row.tenantId} ${row.attempt}`);
  for (const group of groups.values()) {
    const [first] = group;
    if (!first) continue;
    const params: SqlValue[] = [bytes(first.tenantId), group.map((row) => bytes(row.eventId)), first.attempt];
    await tx.run('DELETE FROM outbox WHERE tenant_id = ? AND event_id IN (?) AND attempt = ?', params);
  }
}

/** One page of a tenant's events that wait, oldest first, as tickets: what a rebuild of Redis is made from. */
export async function pageQueued(
  tx: SqlRunner,
  tenantId: Id<'tenant'>,
  after: Id<'event'> | null,
  limit: number,
): Promise<OutboxRow[]> {
  const rows = await tx.query<RawOutbox>(
    `SELECT tenant_id, id AS event_id, attempt + 1 AS attempt, sink_type_id, pinned_sink_id,
       GREATEST(0, TIMESTAMPDIFF(SECOND, NOW(3), available_at)) AS delay
     FROM events FORCE INDEX (events_by_state) WHERE tenant_id = ? AND state = 'QUEUED' ${after ? 'AND id > ?' : ''} ORDER BY id LIMIT ?`,
    [bytes(tenantId), ...(after ? [bytes(after)] : []), limit],
  );
  return rows.map(fromRaw);
}

export async function listTenantIds(tx: SqlRunner): Promise<Id<'tenant'>[]> {
  const rows = await tx.query<{ id: Uint8Array }>('SELECT id FROM tenants ORDER BY id');
  return rows.map((row) => idOf('tenant', row.id));
}
