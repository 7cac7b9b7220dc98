import type { Id } from '@nexomatic/contracts/id';
import type { SqlRunner } from '../sql.ts';
import type { ArchiveKind } from './log-archives.ts';
import { bytes, idOf } from './rows.ts';

/** Events that one slice counts. */
const eventsAtOnce = 1_000;

const tables = {
  logs: ['log_chunks'],
  payloads: ['event_payloads', 'attempt_results'],
} as const;

/** Bytes that some events behind `after` keep in the database, and where to go on; null: these were the last. */
export async function bytesOfSlice(
  sql: SqlRunner,
  tenantId: Id<'tenant'>,
  what: keyof typeof tables,
  after: Id<'event'>,
): Promise<{ bytes: number; next: Id<'event'> | null }> {
  const [first, ...others] = tables[what];
  const events = await sql.query<{ event_id: Buffer }>(
    `SELECT DISTINCT event_id FROM ${first} WHERE tenant_id = ? AND event_id > ? ORDER BY event_id LIMIT ${eventsAtOnce}`,
    [bytes(tenantId), bytes(after)],
  );
  const last = events.at(-1);
  if (!last) return { bytes: 0, next: null };
  let sum = 0;
  for (const table of [first, ...others]) {
    const [row] = await sql.query<{ n: number | string | null }>(
      `SELECT SUM(LENGTH(body)) AS n FROM ${table} WHERE tenant_id = ? AND event_id > ? AND event_id <= ?`,
      [bytes(tenantId), bytes(after), last.event_id],
    );
    sum += Number(row?.n ?? 0);
  }
  return { bytes: sum, next: events.length < eventsAtOnce ? null : idOf('event', last.event_id) };
}

/** Notes what was counted. */
export async function writeMeter(
  sql: SqlRunner,
  tenantId: Id<'tenant'>,
  logBytes: number,
  payloadBytes: number,
  at: Date,
): Promise<void> {
  await sql.run(
    `INSERT INTO storage_meters (tenant_id, log_bytes, payload_bytes, measured_at) VALUES (?, ?, ?, ?)
     ON DUPLICATE KEY UPDATE log_bytes = VALUES(log_bytes), payload_bytes = VALUES(payload_bytes), measured_at = VALUES(measured_at)`,
    [bytes(tenantId), logBytes, payloadBytes, at],
  );
}

/** What stands in archives of a tenant, by kind: bytes in the store, and what they were before they were packed. */
export async function archivedTotals(
  sql: SqlRunner,
  tenantId: Id<'tenant'>,
): Promise<{ kind: ArchiveKind; objects: number; logs: number; size: number; bytes: number }[]> {
  const rows = await sql.query<{ kind: ArchiveKind; objects: number; logs: string; size: string; bytes: string }>(
    `SELECT kind, COUNT(*) AS objects, SUM(logs) AS logs, SUM(size) AS size, SUM(bytes) AS bytes
     FROM log_archives WHERE tenant_id = ? AND state IN ('stored', 'settled', 'rewriting') GROUP BY kind ORDER BY kind`,
    [bytes(tenantId)],
  );
  return rows.map(({ kind, objects, logs, size, bytes: plain }) => ({
    kind,
    objects: Number(objects),
    logs: Number(logs),
    size: Number(size),
    bytes: Number(plain),
  }));
}
