import type { Id } from '@nexomatic/contracts/id';
import type { SqlRunner, SqlTransaction, SqlValue } from '../sql.ts';
import type { EventFact } from './event-fact.ts';
import { bytes, repeat } from './rows.ts';

export type Measure = EventFact['measure'];

export interface StatCount {
  tenantId: Id<'tenant'>;
  /** Null for all types of the tenant together. */
  eventTypeId: Id<'eventType'> | null;
  measure: Measure;
  bucket: number;
  n: number;
}

/** Length of the slots in which is counted, and of those that old counts are put together to. */
export const slotSeconds = 300;
const hourSeconds = 3_600;

const typeBytes = (id: Id<'eventType'> | null): SqlValue => (id === null ? Buffer.alloc(16) : bytes(id));
/** The slot that an instant of the database's clock is in. UNIX_TIMESTAMP and back is free of zones: sessions are UTC. */
const slotOf = (instant: string, seconds: number): string =>
  `FROM_UNIXTIME(UNIX_TIMESTAMP(${instant}) DIV ${seconds} * ${seconds})`;

/** Adds counts to the slot of this moment, by the database's clock. In the order of the key, so that hubs don't deadlock. */
export async function addCounts(sql: SqlRunner, counts: StatCount[]): Promise<void> {
  await sql.run(
    `INSERT INTO event_stats (tenant_id, event_type_id, slot, measure, bucket, n)
     VALUES ${repeat(`(?,?,${slotOf('NOW()', slotSeconds)},?,?,?)`, counts.length)}
     ON DUPLICATE KEY UPDATE n = n + VALUES(n)`,
    counts.flatMap(({ tenantId, eventTypeId, measure, bucket, n }): SqlValue[] => [
      bytes(tenantId),
      typeBytes(eventTypeId),
      measure,
      bucket,
      n,
    ]),
  );
}

export interface StatSum {
  /** Beginning of the step, in milliseconds since the epoch. */
  at: number;
  measure: Measure;
  bucket: number;
  n: number;
}

/** What was counted of a tenant from `since` (included) to `until`, added up by steps of so many seconds since the epoch. */
export async function sumCounts(
  sql: SqlRunner,
  tenantId: Id<'tenant'>,
  range: { eventTypeId: Id<'eventType'> | null; since: Date; until: Date; stepSeconds: number },
): Promise<StatSum[]> {
  const { since, until, stepSeconds } = range;
  const rows = await sql.query<{ at: number; measure: Measure; bucket: number; n: string }>(
    `SELECT UNIX_TIMESTAMP(slot) DIV ? * ? AS at, measure, bucket, SUM(n) AS n FROM event_stats
     WHERE tenant_id = ? AND event_type_id = ? AND slot >= ? AND slot < ? GROUP BY at, measure, bucket`,
    [stepSeconds, stepSeconds, bytes(tenantId), typeBytes(range.eventTypeId), since, until],
  );
  return rows.map(({ at, measure, bucket, n }) => ({ at: Number(at) * 1000, measure, bucket, n: Number(n) }));
}

interface OldHour {
  tenant: Buffer;
  type: Buffer;
  hour: Date;
}

/** Hours of one tenant and type that are over for so many days and still stand in slots of five minutes, oldest first. */
export async function findOldHours(sql: SqlRunner, days: number, limit: number): Promise<OldHour[]> {
  // Read from the index alone; a slot at the full hour may be an hour already and is where the others are added to.
  return sql.query<OldHour & { slot: Date }>(
    `SELECT DISTINCT tenant_id AS tenant, event_type_id AS type, ${slotOf('slot', hourSeconds)} AS hour FROM event_stats
       FORCE INDEX (event_stats_by_slot)
     WHERE slot < ${slotOf('NOW() - INTERVAL ? DAY', hourSeconds)} AND MINUTE(slot) <> 0 LIMIT ?`,
    [days, limit],
  );
}

/** Adds the slots of that hour to the one at its beginning. The rows are locked first: another hub finds none left. */
export async function rollUpHour(tx: SqlTransaction, { tenant, type, hour }: OldHour): Promise<void> {
  const where = 'tenant_id = ? AND event_type_id = ? AND slot > ? AND slot < ? + INTERVAL 1 HOUR';
  const key = [tenant, type, hour, hour];
  await tx.query(`SELECT n FROM event_stats WHERE ${where} FOR UPDATE`, key);
  tx.defer(
    `INSERT INTO event_stats (tenant_id, event_type_id, slot, measure, bucket, n)
     SELECT tenant_id, event_type_id, ?, measure, bucket, SUM(n) AS total FROM event_stats s WHERE ${where}
     GROUP BY tenant_id, event_type_id, measure, bucket
     ON DUPLICATE KEY UPDATE n = event_stats.n + VALUES(n)`,
    [hour, ...key],
  );
  tx.defer(`DELETE FROM event_stats WHERE ${where}`, key);
}

/** Deletes some of the counts that are older than so many days; gives how many rows. */
export async function deleteOldCounts(sql: SqlRunner, days: number, limit: number): Promise<number> {
  const { affectedRows } = await sql.run('DELETE FROM event_stats WHERE slot < NOW() - INTERVAL ? DAY LIMIT ?', [
    days,
    limit,
  ]);
  return affectedRows;
}
