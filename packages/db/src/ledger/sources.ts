import type { Id } from '@nexomatic/contracts/id';
import type { SqlRunner } from '../sql.ts';
import { bytes, idOf } from './rows.ts';

/** A source was heard of now. A statement of its own, because it must not count as a change of the definition. */
export async function writeLastReceived(sql: SqlRunner, tenantId: Id<'tenant'>, id: Id<'source'>): Promise<void> {
  await sql.run('UPDATE sources SET last_received_at = NOW(3) WHERE tenant_id = ? AND id = ?', [
    bytes(tenantId),
    bytes(id),
  ]);
}

/** A sender showed that secret now. */
export async function writeSecretUsed(sql: SqlRunner, tenantId: Id<'tenant'>, id: Id<'sourceSecret'>): Promise<void> {
  await sql.run('UPDATE source_secrets SET last_used_at = NOW(3) WHERE tenant_id = ? AND id = ?', [
    bytes(tenantId),
    bytes(id),
  ]);
}

/** How many events a source fired in the last hours, counted up to `atMost`. Ids begin with the time they were made at. */
export async function countRecentEvents(
  sql: SqlRunner,
  tenantId: Id<'tenant'>,
  id: Id<'source'>,
  { hours, atMost }: { hours: number; atMost: number },
): Promise<number> {
  const [row] = await sql.query<{ count: number }>(
    `SELECT COUNT(*) AS count FROM (
       SELECT 1 FROM events WHERE tenant_id = ? AND source_id = ?
         AND id >= UNHEX(RPAD(LPAD(HEX(ROUND((UNIX_TIMESTAMP(NOW(3)) - ?) * 1000)), 12, '0'), 32, '0'))
       LIMIT ?) recent`,
    [bytes(tenantId), bytes(id), hours * 3_600, atMost],
  );
  return Number(row?.count ?? 0);
}

/** How many secrets of each source are accepted just now, by the database's clock; sources without any are left out. */
export async function countLiveSecrets(
  sql: SqlRunner,
  tenantId: Id<'tenant'>,
  sourceIds: Id<'source'>[],
): Promise<Map<Id<'source'>, number>> {
  if (sourceIds.length === 0) return new Map();
  const rows = await sql.query<{ source_id: Uint8Array; n: number }>(
    `SELECT source_id, COUNT(*) AS n FROM source_secrets
     WHERE tenant_id = ? AND source_id IN (?) AND revoked_at IS NULL AND (retires_at IS NULL OR retires_at > NOW(3))
     GROUP BY source_id`,
    [bytes(tenantId), sourceIds.map(bytes)],
  );
  return new Map(rows.map(({ source_id, n }) => [idOf('source', source_id), Number(n)]));
}

/** Throws the values of secrets away a day after they were last accepted. */
export async function wipeEndedSecrets(sql: SqlRunner): Promise<void> {
  await sql.run(
    `UPDATE source_secrets SET revoked_at = retires_at, wrapped = ''
     WHERE revoked_at IS NULL AND retires_at < NOW(3) - INTERVAL 1 DAY`,
  );
}
