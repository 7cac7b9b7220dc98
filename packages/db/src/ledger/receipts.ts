import { type Id, idFromBytes } from '@nexomatic/contracts/id';
import type { SqlRunner, SqlTransaction, SqlValue } from '../sql.ts';
import { byTenant, bytes, repeat } from './rows.ts';

export interface NewReceipt {
  tenantId: Id<'tenant'>;
  id: Id<'receipt'>;
  sourceId: Id<'source'> | null;
  /** 32 bytes; the same key from the same source is the same delivery. */
  dedupeKey: Uint8Array | null;
  /** A standing receipt of the same key that came more than so many days before gives the key up; left out: none does. */
  dedupeDays?: number;
  bodySha256: Uint8Array;
  bodyBytes: number;
  contentType: string;
  remoteAddress: string;
  /** JSON of name–value pairs, with a third member `1` where the value is masked. */
  headers: Uint8Array;
  /** The first event that this receipt fires if it turns out to be new; null where it fires none. */
  eventId: Id<'event'> | null;
  receivedAt: Date;
  outcome: 'accepted' | 'filtered' | 'refused';
  /** HTTP status that its sender is answered; null where nobody waits for one. */
  status: number | null;
  cause: string | null;
  detail: string | null;
  secretId: Id<'sourceSecret'> | null;
  replayOf: Id<'receipt'> | null;
}

/** What stands in the table for a receipt that was to be inserted: itself, or the earlier one that it doubles. */
export interface StandingReceipt {
  id: Id<'receipt'>;
  eventId: Id<'event'> | null;
  bodySha256: Uint8Array;
  receivedAt: Date;
  duplicates: number;
  outcome: NewReceipt['outcome'];
}

/**
 * Inserts receipts; gives, for each that was there before (same id, or same source and dedupe key), the standing one, and null
 * for each that is new. A repeated one is counted on the standing receipt. One statement unless there are repeats.
 */
export async function insertReceipts(tx: SqlRunner, receipts: NewReceipt[]): Promise<(StandingReceipt | null)[]> {
  const text = insertText(receipts, 'duplicates = duplicates + 1');
  const { affectedRows } = await tx.run(text, receipts.flatMap(columnsOf));
  // An inserted row counts as one, an updated one as two.
  if (affectedRows === receipts.length) return receipts.map(() => null);
  const standing = await findStanding(tx, receipts);
  const over = receipts.flatMap((receipt, i) => {
    const found = standing[i];
    return found && isOver(receipt, found) ? [{ receipt, standing: found, at: i }] : [];
  });
  if (over.length === 0) return standing;
  for (const { receipt, standing: found } of over) await makeRoom(tx, receipt, found);
  const again = await insertReceipts(
    tx,
    over.map(({ receipt }) => receipt),
  );
  const outcomes = [...standing];
  for (const [i, { at }] of over.entries()) outcomes[at] = again[i] ?? null;
  return outcomes;
}

const dayMs = 24 * 3_600_000;

/**
 * Whether the standing receipt does not make the new one its duplicate: it is too old, or it says that the very same request was
 * refused, which its sender may never have heard of: the edge stopped waiting, held it, and promised that it is taken.
 */
function isOver(receipt: NewReceipt, standing: StandingReceipt): boolean {
  if (standing.id === receipt.id) return standing.outcome === 'refused';
  if (!receipt.dedupeDays) return false;
  return receipt.receivedAt.getTime() - standing.receivedAt.getTime() > receipt.dedupeDays * dayMs;
}

/** Removes a refusal, or takes its key from a receipt whose time is over and back what was counted on it just now. */
async function makeRoom(tx: SqlRunner, { tenantId, id }: NewReceipt, standing: StandingReceipt): Promise<void> {
  const key = [bytes(tenantId), bytes(standing.id)];
  if (standing.id === id) {
    await tx.run(`DELETE FROM receipts WHERE tenant_id = ? AND id = ? AND outcome = 'refused'`, key);
    await tx.run('DELETE FROM receipt_bodies WHERE tenant_id = ? AND receipt_id = ?', key);
    return;
  }
  const change = 'UPDATE receipts SET dedupe_key = NULL, duplicates = duplicates - 1 WHERE tenant_id = ? AND id = ?';
  await tx.run(change, key);
}

const insertText = (receipts: NewReceipt[], whenThere: string): string =>
  `INSERT INTO receipts (tenant_id, id, source_id, outcome, status, cause, detail, secret_id, dedupe_key, body_sha256,
     body_bytes, content_type, remote_address, headers, event_id, replay_of, received_at, created_at)
   VALUES ${repeat('(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,NOW(3))', receipts.length)}
   ON DUPLICATE KEY UPDATE ${whenThere}`;

const columnsOf = (receipt: NewReceipt): SqlValue[] => [
  bytes(receipt.tenantId),
  bytes(receipt.id),
  bytes(receipt.sourceId),
  receipt.outcome,
  receipt.status,
  receipt.cause,
  receipt.detail,
  bytes(receipt.secretId),
  receipt.dedupeKey,
  receipt.bodySha256,
  receipt.bodyBytes,
  receipt.contentType,
  receipt.remoteAddress,
  receipt.headers,
  bytes(receipt.eventId),
  bytes(receipt.replayOf),
  receipt.receivedAt,
];

/** Requests that were refused. The same one told of again changes nothing, whatever became of the first telling. */
export function insertRefused(tx: SqlTransaction, receipts: NewReceipt[]): void {
  tx.defer(insertText(receipts, 'duplicates = duplicates'), receipts.flatMap(columnsOf));
}

/** What is kept of bodies that are no event's payload. */
export function insertReceiptBodies(
  tx: SqlTransaction,
  bodies: { tenantId: Id<'tenant'>; receiptId: Id<'receipt'>; body: Uint8Array }[],
): void {
  if (bodies.length === 0) return;
  tx.defer(
    `INSERT INTO receipt_bodies (tenant_id, receipt_id, body, created_at) VALUES ${repeat('(?,?,?,NOW(3))', bodies.length)}
     ON DUPLICATE KEY UPDATE receipt_id = VALUES(receipt_id)`,
    bodies.flatMap(({ tenantId, receiptId, body }): SqlValue[] => [bytes(tenantId), bytes(receiptId), body]),
  );
}

interface RawReceipt {
  id: Uint8Array;
  source_id: Uint8Array | null;
  dedupe_key: Buffer | null;
  event_id: Uint8Array | null;
  body_sha256: Uint8Array;
  received_at: Date;
  duplicates: number;
  outcome: NewReceipt['outcome'];
}

const standingColumns = 'id, source_id, dedupe_key, event_id, body_sha256, received_at, duplicates, outcome';

async function findStanding(tx: SqlRunner, receipts: NewReceipt[]): Promise<(StandingReceipt | null)[]> {
  const found = new Map<string, StandingReceipt>();
  for (const [tenantId, group] of byTenant(receipts)) {
    const keyed = group.filter((receipt) => receipt.dedupeKey !== null);
    const rows = await tx.query<RawReceipt>(
      `SELECT ${standingColumns} FROM receipts WHERE tenant_id = ? AND id IN (?)${
        keyed.length > 0
          ? ` UNION SELECT ${standingColumns} FROM receipts` +
            ' WHERE tenant_id = ? AND source_id IN (?) AND dedupe_key IN (?)'
          : ''
      }`,
      [
        bytes(tenantId),
        group.map((receipt) => bytes(receipt.id)),
        ...(keyed.length > 0
          ? [
              bytes(tenantId),
              keyed.map((receipt) => bytes(receipt.sourceId)),
              keyed.map((receipt) => receipt.dedupeKey),
            ]
          : []),
      ],
    );
    for (const row of rows) {
      const standing: StandingReceipt = {
        id: idFromBytes('receipt', row.id),
        eventId: row.event_id && idFromBytes('event', row.event_id),
        bodySha256: row.body_sha256,
        receivedAt: row.received_at,
        duplicates: row.duplicates,
        outcome: row.outcome,
      };
      found.set(`${tenantId} ${standing.id}`, standing);
      if (row.dedupe_key && row.source_id) {
        found.set(`${tenantId} ${idFromBytes('source', row.source_id)} ${row.dedupe_key.toString('hex')}`, standing);
      }
    }
  }
  const standing = receipts.map((receipt) => {
    const byId = found.get(`${receipt.tenantId} ${receipt.id}`);
    const key = receipt.dedupeKey && Buffer.from(receipt.dedupeKey).toString('hex');
    const one = byId ?? found.get(`${receipt.tenantId} ${receipt.sourceId} ${key}`);
    if (!one) throw new Error(`receipt ${receipt.id} was neither inserted nor found`);
    return one;
  });
  return standing.map((one, i) => (isOwn(receipts, standing, i) ? null : one));
}

/**
 * Whether the row is the one that was just inserted for this receipt. One with an event is ours only if it names the event that
 * we made for it, because event ids are never used twice. One without is ours if all that was ever counted on it is the others
 * of this statement, and the first of them inserted it.
 */
function isOwn(receipts: NewReceipt[], standing: StandingReceipt[], i: number): boolean {
  const [receipt, one] = [receipts[i], standing[i]];
  if (!receipt || !one || one.id !== receipt.id || one.eventId !== receipt.eventId) return false;
  if (receipt.eventId !== null) return true;
  const of = standing.flatMap((other, j) => (other === one ? [j] : []));
  return of[0] === i && one.duplicates === of.length - 1;
}

/** The events of receipts that fired several, but for the one that the receipt itself names. */
export function insertFurtherEvents(
  tx: SqlTransaction,
  rows: { tenantId: Id<'tenant'>; receiptId: Id<'receipt'>; eventId: Id<'event'> }[],
): void {
  if (rows.length === 0) return;
  tx.defer(
    `INSERT INTO receipt_events (tenant_id, receipt_id, event_id) VALUES ${repeat('(?,?,?)', rows.length)}`,
    rows.flatMap(({ tenantId, receiptId, eventId }): SqlValue[] => [bytes(tenantId), bytes(receiptId), bytes(eventId)]),
  );
}
