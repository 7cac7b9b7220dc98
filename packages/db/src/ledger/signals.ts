import { type Id, newId } from '@nexomatic/contracts/id';
import type { Acknowledgement, SignalKind } from '@nexomatic/contracts/signal-api';
import type { SinkStatus } from '@nexomatic/contracts/sink-api';
import type { SqlRunner, SqlTransaction, SqlValue } from '../sql.ts';
import { bytes, constantTable, idOf, idOrNull } from './rows.ts';

/** A sink, for signals to it. */
export interface SinkRef {
  tenantId: Id<'tenant'>;
  sinkId: Id<'sink'>;
}

/** A signal that is not done. */
export interface OpenSignal {
  id: Id<'signal'>;
  kind: SignalKind;
  eventId: Id<'event'> | null;
  attempt: number | null;
  by: string;
  received: boolean;
}

/** An attempt that is to be ended by the sink that runs it. */
export interface CancelSignal extends SinkRef {
  eventId: Id<'event'>;
  attempt: number;
  by: string;
}

/** Tells sinks to end attempts. A sink that was removed meanwhile is left out: its attempts end with their leases. */
export function insertCancels(tx: SqlTransaction, cancels: CancelSignal[]): void {
  const [first] = cancels;
  if (!first) return;
  tx.defer(
    `INSERT INTO sink_signals (tenant_id, id, sink_id, kind, event_id, attempt, created_by, sent_at, detail)
     SELECT s.tenant_id, c.id, s.id, 'cancel_attempt', c.event_id, c.attempt, c.created_by, NOW(3), ''
     FROM ${constantTable('c', ['id', 'sink_id', 'event_id', 'attempt', 'created_by'], cancels.length)}
       JOIN sinks s ON s.tenant_id = ? AND s.id = c.sink_id`,
    [
      ...cancels.flatMap(({ sinkId, eventId, attempt, by }): SqlValue[] => [
        bytes(newId('signal')),
        bytes(sinkId),
        bytes(eventId),
        attempt,
        by.slice(0, 100),
      ]),
      bytes(first.tenantId),
    ],
  );
}

/** Whether the sink is to pause, and what it was told that is not done; null for a sink that there is not. */
export async function openSignalsOf(
  sql: SqlRunner,
  { tenantId, sinkId }: SinkRef,
): Promise<{ paused: boolean; signals: OpenSignal[] } | null> {
  const rows = await sql.query<{
    paused: number;
    id: Uint8Array | null;
    kind: SignalKind;
    event_id: Uint8Array | null;
    attempt: number | null;
    created_by: string;
    received: number;
  }>(
    `SELECT s.paused_at IS NOT NULL AS paused, g.id, g.kind, g.event_id, g.attempt, g.created_by,
       g.received_at IS NOT NULL AS received
     FROM sinks s LEFT JOIN sink_signals g FORCE INDEX (sink_signals_done_at_index)
       ON g.done_at IS NULL AND g.tenant_id = s.tenant_id AND g.sink_id = s.id
     WHERE s.tenant_id = ? AND s.id = ? ORDER BY g.id`,
    [bytes(tenantId), bytes(sinkId)],
  );
  const [first] = rows;
  if (!first) return null;
  const signals = rows.flatMap(({ id, kind, event_id, attempt, created_by: by, received }): OpenSignal[] =>
    id === null
      ? []
      : [{ id: idOf('signal', id), kind, eventId: idOrNull('event', event_id), attempt, by, received: received === 1 }],
  );
  return { paused: first.paused === 1, signals };
}

/** Sinks of all tenants that were told something that is not done. */
export async function sinksWithOpenSignals(sql: SqlRunner): Promise<Id<'sink'>[]> {
  const rows = await sql.query<{ sink_id: Uint8Array }>(
    'SELECT DISTINCT sink_id FROM sink_signals FORCE INDEX (sink_signals_done_at_index) WHERE done_at IS NULL',
  );
  return rows.map(({ sink_id }) => idOf('sink', sink_id));
}

/** The sink's open signals among these, locked together with the sink, so that what people send meanwhile waits. */
export async function lockOpenSignals(
  tx: SqlTransaction,
  { tenantId, sinkId }: SinkRef,
  ids: Id<'signal'>[],
): Promise<Map<Id<'signal'>, SignalKind>> {
  await tx.query('SELECT 1 FROM sinks WHERE tenant_id = ? AND id = ? FOR UPDATE', [bytes(tenantId), bytes(sinkId)]);
  const rows = await tx.query<{ id: Uint8Array; kind: SignalKind }>(
    `SELECT id, kind FROM sink_signals WHERE tenant_id = ? AND id IN (?) AND sink_id = ? AND done_at IS NULL FOR UPDATE`,
    [bytes(tenantId), ids.map(bytes), bytes(sinkId)],
  );
  return new Map(rows.map(({ id, kind }) => [idOf('signal', id), kind]));
}

/** Notes what a sink says about an open signal of its own. */
export function noteAcknowledgement(tx: SqlTransaction, tenantId: Id<'tenant'>, said: Acknowledgement): void {
  const ref = [bytes(tenantId), bytes(said.id)];
  if (said.state === 'received') {
    tx.defer(
      'UPDATE sink_signals SET received_at = NOW(3) WHERE tenant_id = ? AND id = ? AND received_at IS NULL',
      ref,
    );
    return;
  }
  tx.defer(
    `UPDATE sink_signals SET received_at = COALESCE(received_at, NOW(3)), done_at = NOW(3), outcome = ?, detail = ?
     WHERE tenant_id = ? AND id = ? AND done_at IS NULL`,
    [said.outcome, said.detail, ...ref],
  );
}

/** Shows the sink in that status, or as PAUSED where it is neither going away nor to take work. */
export function showSinkAs(tx: SqlTransaction, { tenantId, sinkId }: SinkRef, status: SinkStatus): void {
  const shown = status === 'ONLINE' || status === 'OFFLINE' ? "IF(paused_at IS NULL, ?, 'PAUSED')" : '?';
  tx.defer(`UPDATE sinks SET status = ${shown}, last_seen_at = NOW(3) WHERE tenant_id = ? AND id = ?`, [
    status,
    bytes(tenantId),
    bytes(sinkId),
  ]);
}

/** Ends signals that nobody was there for, and those that nobody said to be done in `longestMs`. */
export async function expireSignals(
  sql: SqlRunner,
  { unheardMs, longestMs }: { unheardMs: number; longestMs: number },
): Promise<void> {
  const expired = `UPDATE sink_signals FORCE INDEX (sink_signals_done_at_index) SET done_at = NOW(3), outcome = 'expired', detail = ?
     WHERE done_at IS NULL AND kind NOT IN ('pause', 'resume') AND`;
  await sql.run(`${expired} received_at IS NULL AND sent_at < NOW(3) - INTERVAL ? MICROSECOND`, [
    'The agent was not there to hear it.',
    unheardMs * 1_000,
  ]);
  await sql.run(`${expired} received_at < NOW(3) - INTERVAL ? MICROSECOND`, [
    'The agent never said that it was done.',
    longestMs * 1_000,
  ]);
}

/** Deletes what was done so long ago, at most so many; says how many. */
export async function deleteOldSignals(sql: SqlRunner, days: number, limit: number): Promise<number> {
  const { affectedRows } = await sql.run('DELETE FROM sink_signals WHERE done_at < NOW(3) - INTERVAL ? DAY LIMIT ?', [
    days,
    limit,
  ]);
  return affectedRows;
}
