import { type Id, lowestIdAt } from '@nexomatic/contracts/id';
import type { SqlRunner, SqlTransaction } from '../sql.ts';
import type { ArchiveKind } from './log-archives.ts';
import type { LogContext } from './log-records.ts';
import { bytes, idOf, idOrNull } from './rows.ts';

/**
 * Archived logs that stand in the database once more, for some days: `hot_until` says until when, and `hot_since` since when
 * all of their rows are there. They stay in their archive, so that nothing is lost whatever happens to the rows.
 */

interface RestorablePart {
  tenantId: Id<'tenant'>;
  eventId: Id<'event'>;
  attempt: number;
  kind: ArchiveKind;
}

/** Of which archived logs somebody asks. */
export type RestoreRange = { eventId: Id<'event'> } | { eventTypeId: Id<'eventType'>; since: Date; until: Date };

/** Archived logs of one event, or of a type in a time, the oldest first. */
export async function archivedLogs(
  sql: SqlRunner,
  tenantId: Id<'tenant'>,
  range: RestoreRange,
  limit: number,
): Promise<(RestorablePart & { bytes: number })[]> {
  const [join, where, params] =
    'eventId' in range
      ? ['', 'p.event_id = ?', [bytes(range.eventId)]]
      : [
          'JOIN events e ON e.tenant_id = p.tenant_id AND e.id = p.event_id',
          'p.event_id >= ? AND p.event_id < ? AND e.event_type_id = ?',
          [
            bytes(lowestIdAt('event', range.since.getTime())),
            bytes(lowestIdAt('event', range.until.getTime())),
            bytes(range.eventTypeId),
          ],
        ];
  const rows = await sql.query<{ event_id: Buffer; attempt: number; kind: ArchiveKind; bytes: number }>(
    `SELECT p.event_id, p.attempt, p.kind, p.bytes FROM log_archive_parts p ${join}
     WHERE p.tenant_id = ? AND ${where} AND p.blocks <> '' ORDER BY p.event_id, p.attempt, p.kind LIMIT ?`,
    [bytes(tenantId), ...params, limit],
  );
  return rows.map((row) => ({ ...row, tenantId, eventId: idOf('event', row.event_id) }));
}

const whichPart = 'tenant_id = ? AND event_id = ? AND attempt = ? AND kind = ?';
const keyOf = (part: RestorablePart) => [bytes(part.tenantId), bytes(part.eventId), part.attempt, part.kind];

/** Says that these are to stand in the database until then; one that does so for longer keeps its time. */
export function markForRestore(tx: SqlTransaction, parts: RestorablePart[], until: Date): void {
  for (const part of parts)
    tx.defer(
      `UPDATE log_archive_parts SET hot_until = GREATEST(COALESCE(hot_until, ?), ?) WHERE ${whichPart} AND blocks <> ''`,
      [until, until, ...keyOf(part)],
    );
}

export interface PartToRestore extends RestorablePart {
  archiveId: Id<'logArchive'>;
  /** JSON of `[offset, length, first chunk]`. */
  blocks: string;
  hotUntil: Date;
}

interface PartColumns {
  tenant_id: Buffer;
  event_id: Buffer;
  attempt: number;
  kind: ArchiveKind;
  archive_id: Buffer;
  blocks: string;
  hot_until: Date;
}

const partColumns = 'p.tenant_id, p.event_id, p.attempt, p.kind, p.archive_id, p.blocks, p.hot_until';

const toPart = (row: PartColumns): PartToRestore => ({
  tenantId: idOf('tenant', row.tenant_id),
  eventId: idOf('event', row.event_id),
  attempt: row.attempt,
  kind: row.kind,
  archiveId: idOf('logArchive', row.archive_id),
  blocks: row.blocks,
  hotUntil: row.hot_until,
});

/** Logs of any tenant that wait for their rows; not while those that they were archived from are still being deleted. */
export async function partsToRestore(sql: SqlRunner, now: Date, limit: number): Promise<PartToRestore[]> {
  const rows = await sql.query<PartColumns>(
    `SELECT ${partColumns} FROM log_archive_parts p JOIN log_archives a ON a.tenant_id = p.tenant_id AND a.id = p.archive_id
     WHERE p.hot_until > ? AND p.hot_since IS NULL AND p.blocks <> '' AND a.state IN ('settled', 'rewriting')
     ORDER BY p.hot_until LIMIT ?`,
    [now, limit],
  );
  return rows.map(toPart);
}

/** Logs of any tenant whose rows are to go: their time is over, or they were taken out of the archive. */
export async function partsToCool(sql: SqlRunner, now: Date, limit: number): Promise<PartToRestore[]> {
  const rows = await sql.query<PartColumns>(
    `SELECT ${partColumns} FROM log_archive_parts p WHERE p.hot_until <= ? ORDER BY p.hot_until LIMIT ?`,
    [now, limit],
  );
  return rows.map(toPart);
}

/** What the lines of a log have in common for the search; null where no sink ran the attempt. */
export async function contextOfPart(sql: SqlRunner, part: RestorablePart): Promise<LogContext | null> {
  const { tenantId, eventId, attempt } = part;
  const [row] = await sql.query<{ event_type_id: Buffer; source_id: Buffer | null; sink_id: Buffer | null }>(
    `SELECT e.event_type_id, e.source_id, a.sink_id FROM attempts a
     JOIN events e ON e.tenant_id = a.tenant_id AND e.id = a.event_id
     WHERE a.tenant_id = ? AND a.event_id = ? AND a.number = ?`,
    [bytes(tenantId), bytes(eventId), attempt],
  );
  if (!row?.sink_id) return null;
  return {
    ...{ tenantId, eventId, attempt },
    eventTypeId: idOf('eventType', row.event_type_id),
    sourceId: idOrNull('source', row.source_id),
    sinkId: idOf('sink', row.sink_id),
  };
}

/** Holds a log to the end of the transaction, so that it is not purged while its rows are written; false: it is not to have any. */
export async function holdPart(tx: SqlTransaction, part: PartToRestore): Promise<boolean> {
  const rows = await tx.query(
    `SELECT 1 FROM log_archive_parts
     WHERE ${whichPart} AND archive_id = ? AND blocks <> '' AND hot_until >= ? AND hot_since IS NULL FOR UPDATE`,
    [...keyOf(part), bytes(part.archiveId), part.hotUntil],
  );
  return rows.length > 0;
}

/** Notes that all rows of the log are there. Call it in a transaction that holds the part. */
export async function noteRestored(tx: SqlTransaction, part: PartToRestore, now: Date): Promise<void> {
  await tx.run(`UPDATE log_archive_parts SET hot_since = ? WHERE ${whichPart}`, [now, ...keyOf(part)]);
}

/** Says, before its rows go, that they are no longer all there; false: it is to keep them after all. */
export async function beginCooling(sql: SqlRunner, part: PartToRestore, now: Date): Promise<boolean> {
  const { affectedRows } = await sql.run(
    `UPDATE log_archive_parts SET hot_since = NULL WHERE ${whichPart} AND hot_until <= ?`,
    [...keyOf(part), now],
  );
  return affectedRows > 0;
}

/** Says that no rows are left; where it was asked for again meanwhile, they are written anew. */
export async function endCooling(sql: SqlRunner, part: PartToRestore, now: Date): Promise<void> {
  await sql.run(`UPDATE log_archive_parts SET hot_until = NULL WHERE ${whichPart} AND hot_until <= ?`, [
    ...keyOf(part),
    now,
  ]);
}

/** How many archived logs of a tenant stand in the database just now, and how many are still to. */
export async function restoredTotals(
  sql: SqlRunner,
  tenantId: Id<'tenant'>,
  now: Date,
): Promise<{ logs: number; waiting: number; nextEnd: Date | null }> {
  const [row] = await sql.query<{ logs: number; waiting: number; next_end: Date | null }>(
    `SELECT COUNT(hot_since) AS logs, COUNT(*) - COUNT(hot_since) AS waiting, MIN(hot_until) AS next_end
     FROM log_archive_parts WHERE hot_until > ? AND tenant_id = ?`,
    [now, bytes(tenantId)],
  );
  return { logs: Number(row?.logs ?? 0), waiting: Number(row?.waiting ?? 0), nextEnd: row?.next_end ?? null };
}
