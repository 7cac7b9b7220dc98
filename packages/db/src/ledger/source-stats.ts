import { type Id, idFromBytes } from '@nexomatic/contracts/id';
import type { SqlRunner, SqlValue } from '../sql.ts';
import { bytes, repeat } from './rows.ts';

/** What may become of a request to a source. */
export type RequestOutcome = 'accepted' | 'duplicate' | 'filtered' | 'refused';

export interface RequestCount {
  tenantId: Id<'tenant'>;
  sourceId: Id<'source'>;
  outcome: RequestOutcome;
  n: number;
}

/** UNIX_TIMESTAMP and back is free of zones: sessions are UTC. */
const hourOf = (instant: string): string => `FROM_UNIXTIME(UNIX_TIMESTAMP(${instant}) DIV 3600 * 3600)`;

/** Adds counts to this hour, by the database's clock. In the order of the key, so that hubs don't deadlock. */
export async function addRequestCounts(sql: SqlRunner, counts: RequestCount[]): Promise<void> {
  await sql.run(
    `INSERT INTO source_stats (tenant_id, source_id, slot, outcome, n)
     VALUES ${repeat(`(?,?,${hourOf('NOW()')},?,?)`, counts.length)}
     ON DUPLICATE KEY UPDATE n = n + VALUES(n)`,
    counts.flatMap(({ tenantId, sourceId, outcome, n }): SqlValue[] => [bytes(tenantId), bytes(sourceId), outcome, n]),
  );
}

/** How many requests came to what in the last 24 hours, for each of the sources that has had any. */
export async function countRequests(
  sql: SqlRunner,
  tenantId: Id<'tenant'>,
  sourceIds: Id<'source'>[],
): Promise<Map<Id<'source'>, Record<RequestOutcome, number>>> {
  const found = new Map<Id<'source'>, Record<RequestOutcome, number>>();
  if (sourceIds.length === 0) return found;
  const rows = await sql.query<{ source_id: Uint8Array; outcome: RequestOutcome; n: string }>(
    `SELECT source_id, outcome, SUM(n) AS n FROM source_stats
     WHERE tenant_id = ? AND source_id IN (?) AND slot > NOW() - INTERVAL 24 HOUR GROUP BY source_id, outcome`,
    [bytes(tenantId), sourceIds.map(bytes)],
  );
  for (const { source_id, outcome, n } of rows) {
    const id = idFromBytes('source', source_id);
    const counts = found.get(id) ?? { accepted: 0, duplicate: 0, filtered: 0, refused: 0 };
    counts[outcome] = Number(n);
    found.set(id, counts);
  }
  return found;
}

/** Deletes some of the counts that are older than so many days; gives how many rows. */
export async function deleteOldRequestCounts(sql: SqlRunner, days: number, limit: number): Promise<number> {
  const { affectedRows } = await sql.run('DELETE FROM source_stats WHERE slot < NOW() - INTERVAL ? DAY LIMIT ?', [
    days,
    limit,
  ]);
  return affectedRows;
}
