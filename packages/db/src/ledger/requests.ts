import { type Id, idFromBytes } from '@nexomatic/contracts/id';
import type { SqlRunner, SqlValue } from '../sql.ts';
import { bytes, idOf } from './rows.ts';

export interface RequestFilter {
  /** `duplicate`: those that came more than once. */
  outcome?: 'accepted' | 'filtered' | 'refused' | 'duplicate' | undefined;
  cause?: string | undefined;
}

interface WalkOptions {
  /** Only older ones than this. */
  before: Id<'receipt'> | null;
  limit: number;
  /** So many of the source's receipts are looked at. */
  window: number;
}

/**
 * Receipts of a source that the filter takes, newest first. No index knows outcomes, because every event would pay for it, so
 * a walk looks at a bounded number of them; `searchedTo` is where it paused without having filled its page.
 */
export async function findRequests(
  sql: SqlRunner,
  tenantId: Id<'tenant'>,
  sourceId: Id<'source'>,
  filter: RequestFilter,
  { before, limit, window }: WalkOptions,
): Promise<{ ids: Id<'receipt'>[]; searchedTo: Id<'receipt'> | null }> {
  const conditions = conditionsOf(filter);
  const walk = `FROM receipts FORCE INDEX (receipts_by_source) WHERE tenant_id = ? AND source_id = ?
    ${before ? 'AND id < ?' : ''} ORDER BY id DESC`;
  const key = [bytes(tenantId), bytes(sourceId), ...(before ? [bytes(before)] : [])];
  const rows = await sql.query<{ id: Uint8Array }>(
    conditions.length === 0
      ? `SELECT id ${walk} LIMIT ?`
      : `SELECT id FROM (SELECT id, outcome, cause, duplicates ${walk} LIMIT ?) looked
         WHERE ${conditions.map(([text]) => text).join(' AND ')} ORDER BY id DESC LIMIT ?`,
    conditions.length === 0 ? [...key, limit] : [...key, window, ...conditions.flatMap(([, value]) => value), limit],
  );
  const ids = rows.map(({ id }) => idFromBytes('receipt', id));
  if (conditions.length === 0 || ids.length === limit) return { ids, searchedTo: null };
  const [last] = await sql.query<{ id: Uint8Array }>(`SELECT id ${walk} LIMIT 1 OFFSET ?`, [...key, window - 1]);
  return { ids, searchedTo: last ? idFromBytes('receipt', last.id) : null };
}

/** Receipts of a source with a higher id: the newest ones, newest first. */
export async function findNewRequests(
  sql: SqlRunner,
  tenantId: Id<'tenant'>,
  sourceId: Id<'source'>,
  { after, limit }: { after: Id<'receipt'>; limit: number },
): Promise<Id<'receipt'>[]> {
  const rows = await sql.query<{ id: Uint8Array }>(
    `SELECT id FROM receipts FORCE INDEX (receipts_by_source) WHERE tenant_id = ? AND source_id = ? AND id > ?
     ORDER BY id DESC LIMIT ?`,
    [bytes(tenantId), bytes(sourceId), bytes(after), limit],
  );
  return rows.map(({ id }) => idFromBytes('receipt', id));
}

function conditionsOf({ outcome, cause }: RequestFilter): [text: string, values: SqlValue[]][] {
  return [
    ...(outcome === 'duplicate' ? [['duplicates > 0', []] as [string, SqlValue[]]] : []),
    ...(outcome && outcome !== 'duplicate' ? [['outcome = ?', [outcome]] as [string, SqlValue[]]] : []),
    ...(cause ? [['cause = ?', [cause]] as [string, SqlValue[]]] : []),
  ];
}

/** The events of each receipt that fired several, all but the first. */
export async function findFurtherEvents(
  sql: SqlRunner,
  tenantId: Id<'tenant'>,
  receiptIds: Id<'receipt'>[],
): Promise<Map<Id<'receipt'>, Id<'event'>[]>> {
  const found = new Map<Id<'receipt'>, Id<'event'>[]>();
  if (receiptIds.length === 0) return found;
  const rows = await sql.query<{ receipt_id: Uint8Array; event_id: Uint8Array }>(
    'SELECT receipt_id, event_id FROM receipt_events WHERE tenant_id = ? AND receipt_id IN (?) ORDER BY event_id',
    [bytes(tenantId), receiptIds.map(bytes)],
  );
  for (const { receipt_id, event_id } of rows) {
    const id = idOf('receipt', receipt_id);
    found.set(id, [...(found.get(id) ?? []), idOf('event', event_id)]);
  }
  return found;
}

/** The stored body of a receipt that fired nothing, or the payload of the event that it fired, cut to so many bytes. */
export async function readRequestBody(
  sql: SqlRunner,
  tenantId: Id<'tenant'>,
  receipt: { id: Id<'receipt'>; eventId: Id<'event'> | null },
  maxBytes: number,
): Promise<{ body: Buffer; bytes: number } | null> {
  const [table, where, id] = receipt.eventId
    ? (['event_payloads', 'event_id', receipt.eventId] as const)
    : (['receipt_bodies', 'receipt_id', receipt.id] as const);
  const [row] = await sql.query<{ body: Buffer; n: number }>(
    `SELECT SUBSTRING(body, 1, ?) AS body, LENGTH(body) AS n FROM ${table} WHERE tenant_id = ? AND ${where} = ?`,
    [maxBytes, bytes(tenantId), bytes(id)],
  );
  return row ? { body: row.body, bytes: Number(row.n) } : null;
}

/** Deletes some of the bodies that are kept for longer than so many days; gives how many. */
export async function deleteOldBodies(sql: SqlRunner, days: number, limit: number): Promise<number> {
  const { affectedRows } = await sql.run(
    'DELETE FROM receipt_bodies WHERE created_at < NOW(3) - INTERVAL ? DAY LIMIT ?',
    [days, limit],
  );
  return affectedRows;
}
