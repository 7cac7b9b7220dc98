import { type Id, idFromBytes } from '@nexomatic/contracts/id';
import type { SqlRunner, SqlValue } from '../sql.ts';
import { byTenant, bytes, repeat } from './rows.ts';

export interface NewReceipt {
  tenantId: Id<'tenant'>;
  id: Id<'receipt'>;
  sourceId: Id<'source'> | null;
  /** 32 bytes; the same key from the same source is the same delivery. */
  dedupeKey: Uint8Array | null;
  bodySha256: Uint8Array;
  bodyBytes: number;
  contentType: string;
  remoteAddress: string;
  /** JSON of name–value pairs. */
  headers: Uint8Array;
  /** The event that this receipt fires if it turns out to be new. */
  eventId: Id<'event'> | null;
  receivedAt: Date;
}

/** What stands in the table for a receipt that was to be inserted: itself, or the earlier one that it doubles. */
export interface StandingReceipt {
  id: Id<'receipt'>;
  eventId: Id<'event'> | null;
  bodySha256: Uint8Array;
}

/**
 * Inserts receipts; gives, for each that was there before (same id, or same source and dedupe key), the standing one,
 * and null for each that is new. A repeated one is counted on the standing
 * receipt. One statement unless there are repeats.
 */
export async function insertReceipts(tx: SqlRunner, receipts: NewReceipt[]): Promise<(StandingReceipt | null)[]> {
  const { affectedRows } = await tx.run(
    `INSERT INTO receipts (tenant_id, id, source_id, outcome, dedupe_key, body_sha256, body_bytes, content_type,
       remote_address, headers, event_id, received_at, created_at)
     VALUES ${repeat(`(?,?,?,'accepted',?,?,?,?,?,?,?,?,NOW(3))`, receipts.length)}
     ON DUPLICATE KEY UPDATE duplicates = duplicates + 1`,
    receipts.flatMap((receipt): SqlValue[] => [
      bytes(receipt.tenantId),
      bytes(receipt.id),
      bytes(receipt.sourceId),
      receipt.dedupeKey,
      receipt.bodySha256,
      receipt.bodyBytes,
      receipt.contentType,
      receipt.remoteAddress,
      receipt.headers,
      bytes(receipt.eventId),
      receipt.receivedAt,
    ]),
  );
  // An inserted row counts as one, an updated one as two.
  if (affectedRows === receipts.length) return receipts.map(() => null);
  return findStanding(tx, receipts);
}

interface RawReceipt {
  id: Uint8Array;
  source_id: Uint8Array | null;
  dedupe_key: Buffer | null;
  event_id: Uint8Array | null;
  body_sha256: Uint8Array;
}

/** A receipt in the table is ours only if it names the event that we made for it: event ids are never used twice. */
async function findStanding(tx: SqlRunner, receipts: NewReceipt[]): Promise<(StandingReceipt | null)[]> {
  const found = new Map<string, StandingReceipt>();
  for (const [tenantId, group] of byTenant(receipts)) {
    const keyed = group.filter((receipt) => receipt.dedupeKey !== null);
    const rows = await tx.query<RawReceipt>(
      `SELECT id, source_id, dedupe_key, event_id, body_sha256 FROM receipts WHERE tenant_id = ? AND id IN (?)${
        keyed.length > 0
          ? ' UNION SELECT id, source_id, dedupe_key, event_id, body_sha256 FROM receipts' +
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
      };
      found.set(`${tenantId} ${standing.id}`, standing);
      if (row.dedupe_key && row.source_id) {
        found.set(`${tenantId} ${idFromBytes('source', row.source_id)} ${row.dedupe_key.toString('hex')}`, standing);
      }
    }
  }
  return receipts.map((receipt) => {
    const byId = found.get(`${receipt.tenantId} ${receipt.id}`);
    const key = receipt.dedupeKey && Buffer.from(receipt.dedupeKey).toString('hex');
    const standing = byId ?? found.get(`${receipt.tenantId} ${receipt.sourceId} ${key}`);
    if (!standing) throw new Error(`receipt ${receipt.id} was neither inserted nor found`);
    return standing.id === receipt.id && standing.eventId === receipt.eventId ? null : standing;
  });
}
