import type { SqlRunner } from '../sql.ts';

/** ONLINE → OFFLINE for every sink, of any tenant, that was last heard of longer ago than that; gives how many. */
export async function markSilentSinksOffline(sql: SqlRunner, silentSeconds: number): Promise<number> {
  const { affectedRows } = await sql.run(
    `UPDATE sinks SET status = 'OFFLINE' WHERE status = 'ONLINE' AND last_seen_at < NOW(3) - INTERVAL ? SECOND`,
    [silentSeconds],
  );
  return affectedRows;
}
