import type { Id } from '@nexomatic/contracts/id';
import type { SqlRunner } from '../sql.ts';
import { bytes } from './rows.ts';

/** A source was heard of now. A statement of its own, because it must not count as a change of the definition. */
export async function writeLastReceived(sql: SqlRunner, tenantId: Id<'tenant'>, id: Id<'source'>): Promise<void> {
  await sql.run('UPDATE sources SET last_received_at = NOW(3) WHERE tenant_id = ? AND id = ?', [
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
