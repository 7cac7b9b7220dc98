import type { Id } from '@nexomatic/contracts/id';
import type { SqlRunner } from '../sql.ts';
import type { AttemptRef } from './attempts.ts';
import { bytes } from './rows.ts';

/** What a tenant's settings say of its logs, as JSON. */
export async function findLogLimits(sql: SqlRunner, tenantId: Id<'tenant'>): Promise<string> {
  const [row] = await sql.query<{ limits: string }>('SELECT log_limits AS limits FROM tenants WHERE id = ?', [
    bytes(tenantId),
  ]);
  return row?.limits ?? '{}';
}

/** Adds to what came today, by the database's clock. */
export async function addLogVolume(sql: SqlRunner, tenantId: Id<'tenant'>, logBytes: number): Promise<void> {
  await sql.run(
    `INSERT INTO log_volumes (tenant_id, day, log_bytes) VALUES (?, UTC_DATE(), ?)
     ON DUPLICATE KEY UPDATE log_bytes = IF(day = VALUES(day), log_bytes + VALUES(log_bytes), VALUES(log_bytes)),
       day = VALUES(day)`,
    [bytes(tenantId), logBytes],
  );
}

/** Bytes of log that came today, by the database's clock, and when that day ends. */
export async function readLogVolume(
  sql: SqlRunner,
  tenantId: Id<'tenant'>,
): Promise<{ logBytes: number; until: string }> {
  const [row] = await sql.query<{ logBytes: number | string | null; until: string }>(
    `SELECT (SELECT log_bytes FROM log_volumes WHERE tenant_id = ? AND day = UTC_DATE()) AS logBytes,
       DATE_FORMAT(UTC_DATE() + INTERVAL 1 DAY, '%Y-%m-%d') AS until`,
    [bytes(tenantId)],
  );
  return { logBytes: Number(row?.logBytes ?? 0), until: row?.until ?? '' };
}

/** The last chunk of an attempt below a number: how much log there was up to it, and whether it is a mark. */
export async function lastChunkBelow(
  sql: SqlRunner,
  { tenantId, eventId, attempt }: AttemptRef,
  seq: number,
): Promise<{ logBytes: number; lostWhy: string | null; goesOn: boolean }> {
  const [row] = await sql.query<{ logBytes: number | null; lostWhy: string | null; goesOn: number | null }>(
    `SELECT log_bytes AS logBytes, lost_why AS lostWhy, lost_goes_on AS goesOn FROM log_chunks
     WHERE tenant_id = ? AND event_id = ? AND attempt = ? AND seq < ? ORDER BY seq DESC LIMIT 1`,
    [bytes(tenantId), bytes(eventId), attempt, seq],
  );
  return { logBytes: row?.logBytes ?? 0, lostWhy: row?.lostWhy ?? null, goesOn: Boolean(row?.goesOn) };
}
