import type { Id } from '@nexomatic/contracts/id';
import type { LogLevel } from '@nexomatic/contracts/sink-protocol';
import type { LogArchiveState } from '../entities/log-archive.ts';
import type { SqlRunner, SqlTransaction, SqlValue } from '../sql.ts';
import { bytes, idOf, idOrNull, repeat } from './rows.ts';

/** Which channels of a log an archive holds: raw output and records are kept by clocks of their own. */
export const archiveKinds = ['output', 'records'] as const;
export type ArchiveKind = (typeof archiveKinds)[number];

export interface LogArchiveRow {
  tenantId: Id<'tenant'>;
  id: Id<'logArchive'>;
  kind: ArchiveKind;
  eventTypeId: Id<'eventType'> | null;
  state: LogArchiveState;
  size: number;
  logs: number;
  newestAt: Date;
  createdAt: Date;
}

export interface ArchivePartRow {
  eventId: Id<'event'>;
  attempt: number;
  kind: ArchiveKind;
  archiveId: Id<'logArchive'>;
  chunks: number;
  bytes: number;
  /** JSON of `[offset, length, first chunk]`; empty once it is no longer kept. */
  blocks: string;
}

/** A part that stands in an archive, and whether it stands in the database again as well. */
export interface KeptPartRow extends ArchivePartRow {
  /** Its rows stand there, or are being written or deleted. */
  hotUntil: Date | null;
  /** All of them do. */
  hotSince: Date | null;
}

/** What the search knows of a part without opening it. */
export interface PartFacts {
  eventTypeId: Id<'eventType'>;
  sourceId: Id<'source'> | null;
  sinkId: Id<'sink'> | null;
  /** Times of its first and last lines that say something; null where there are none. */
  firstAt: Date | null;
  lastAt: Date | null;
  /** Furthest that a line's own time is from that of its chunk. */
  driftMs: number;
  lines: Record<LogLevel | 'none', number>;
}

export interface NewArchivePart extends ArchivePartRow, PartFacts {
  /** JSON of `[chunk, at, lines, errors]`. */
  outline: string;
}

/** Lines that are further apart than this make a part one that is looked for by itself. */
export const longLastingMs = 3_600_000;

/** Notes that an object is about to be written: whatever happens next, its name is known. */
export async function insertArchive(
  sql: SqlRunner,
  {
    tenantId,
    id,
    kind,
    eventTypeId,
    newestAt,
  }: Pick<LogArchiveRow, 'tenantId' | 'id' | 'kind' | 'eventTypeId' | 'newestAt'>,
): Promise<void> {
  await sql.run(
    `INSERT INTO log_archives (tenant_id, id, kind, event_type_id, state, size, bytes, newest_at)
     VALUES (?, ?, ?, ?, 'writing', 0, 0, ?)`,
    [bytes(tenantId), bytes(id), kind, bytes(eventTypeId), newestAt],
  );
}

/** Says whether the archive still was in one of the states `from`. */
export async function moveArchive(
  tx: SqlRunner,
  { tenantId, id }: Pick<LogArchiveRow, 'tenantId' | 'id'>,
  from: LogArchiveState[],
  to: LogArchiveState,
): Promise<boolean> {
  const { affectedRows } = await tx.run(
    'UPDATE log_archives SET state = ? WHERE tenant_id = ? AND id = ? AND state IN (?)',
    [to, bytes(tenantId), bytes(id), from],
  );
  return affectedRows > 0;
}

/** Notes what an object that was read back is like; false: it was given up meanwhile. */
export async function sealArchive(
  tx: SqlTransaction,
  { tenantId, id }: Pick<LogArchiveRow, 'tenantId' | 'id'>,
  object: { size: number; bytes: number; logs: number; sha256: Uint8Array },
  to: LogArchiveState,
): Promise<boolean> {
  const { affectedRows } = await tx.run(
    `UPDATE log_archives SET state = ?, size = ?, bytes = ?, logs = ?, sha256 = ? WHERE tenant_id = ? AND id = ? AND state = 'writing'`,
    [to, object.size, object.bytes, object.logs, object.sha256, bytes(tenantId), bytes(id)],
  );
  return affectedRows > 0;
}

const partsAtOnce = 500;

/** Fails when one of these logs stands in another archive already. */
export async function insertParts(tx: SqlTransaction, tenantId: Id<'tenant'>, parts: NewArchivePart[]): Promise<void> {
  for (let from = 0; from < parts.length; from += partsAtOnce) {
    const rows = parts.slice(from, from + partsAtOnce);
    await tx.run(
      `INSERT INTO log_archive_parts (tenant_id, event_id, attempt, kind, archive_id, chunks, bytes, blocks, outline,
         event_type_id, source_id, sink_id, first_at, last_at, drift_ms, long_lasting,
         lines_none, lines_debug, lines_info, lines_warn, lines_error)
       VALUES ${repeat('(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)', rows.length)}`,
      rows.flatMap((part): SqlValue[] => [
        bytes(tenantId),
        bytes(part.eventId),
        part.attempt,
        part.kind,
        bytes(part.archiveId),
        part.chunks,
        part.bytes,
        part.blocks,
        part.outline,
        bytes(part.eventTypeId),
        bytes(part.sourceId),
        bytes(part.sinkId),
        part.firstAt,
        part.lastAt,
        part.driftMs,
        (part.lastAt?.getTime() ?? 0) - (part.firstAt?.getTime() ?? 0) > longLastingMs,
        part.lines.none,
        part.lines.debug,
        part.lines.info,
        part.lines.warn,
        part.lines.error,
      ]),
    );
  }
}

interface ArchiveColumns {
  tenant_id: Buffer;
  id: Buffer;
  kind: ArchiveKind;
  event_type_id: Buffer | null;
  state: LogArchiveState;
  size: number;
  logs: number;
  newest_at: Date;
  created_at: Date;
}

const archiveColumns = 'tenant_id, id, kind, event_type_id, state, size, logs, newest_at, created_at';

const toArchive = (row: ArchiveColumns): LogArchiveRow => ({
  tenantId: idOf('tenant', row.tenant_id),
  id: idOf('logArchive', row.id),
  kind: row.kind,
  eventTypeId: idOrNull('eventType', row.event_type_id),
  state: row.state,
  size: row.size,
  logs: row.logs,
  newestAt: row.newest_at,
  createdAt: row.created_at,
});

/** Archives of one clock whose youngest log was finished before, the oldest first. */
export async function archivesBefore(
  sql: SqlRunner,
  tenantId: Id<'tenant'>,
  {
    kind,
    eventTypeId,
    before,
    limit,
  }: { kind: ArchiveKind; eventTypeId: Id<'eventType'> | null; before: Date; limit: number },
): Promise<LogArchiveRow[]> {
  const rows = await sql.query<ArchiveColumns>(
    `SELECT ${archiveColumns} FROM log_archives
     WHERE tenant_id = ? AND kind = ? AND newest_at < ? AND event_type_id <=> ? AND state = 'settled' ORDER BY newest_at LIMIT ?`,
    [bytes(tenantId), kind, before, bytes(eventTypeId), limit],
  );
  return rows.map(toArchive);
}

/** Archives on which something is to be done, the oldest first. */
export async function unfinishedArchives(
  sql: SqlRunner,
  tenantId: Id<'tenant'>,
  limit: number,
): Promise<LogArchiveRow[]> {
  const rows = await sql.query<ArchiveColumns>(
    `SELECT ${archiveColumns} FROM log_archives
     WHERE tenant_id = ? AND state IN ('writing', 'stored', 'rewriting', 'deleting') ORDER BY id LIMIT ?`,
    [bytes(tenantId), limit],
  );
  return rows.map(toArchive);
}

export async function deleteArchiveRow(
  sql: SqlRunner,
  { tenantId, id }: Pick<LogArchiveRow, 'tenantId' | 'id'>,
): Promise<void> {
  await sql.run(`DELETE FROM log_archives WHERE tenant_id = ? AND id = ? AND state = 'deleting'`, [
    bytes(tenantId),
    bytes(id),
  ]);
}

interface PartColumns {
  event_id: Buffer;
  attempt: number;
  kind: ArchiveKind;
  archive_id: Buffer;
  chunks: number;
  bytes: number;
  blocks: string;
  hot_until: Date | null;
  hot_since: Date | null;
}

const toPart = (row: PartColumns): KeptPartRow => ({
  eventId: idOf('event', row.event_id),
  attempt: row.attempt,
  kind: row.kind,
  archiveId: idOf('logArchive', row.archive_id),
  chunks: row.chunks,
  bytes: row.bytes,
  blocks: row.blocks,
  hotUntil: row.hot_until,
  hotSince: row.hot_since,
});

const partColumns = 'event_id, attempt, kind, archive_id, chunks, bytes, blocks, hot_until, hot_since';

/** Which logs stand in an archive. */
export async function partsOfArchive(
  sql: SqlRunner,
  tenantId: Id<'tenant'>,
  id: Id<'logArchive'>,
): Promise<KeptPartRow[]> {
  const rows = await sql.query<PartColumns>(
    `SELECT ${partColumns} FROM log_archive_parts WHERE tenant_id = ? AND archive_id = ? AND blocks <> ''`,
    [bytes(tenantId), bytes(id)],
  );
  return rows.map(toPart);
}

/** Where the logs of these events stand in archives, of every attempt and kind. */
export async function partsOfEvents(
  sql: SqlRunner,
  tenantId: Id<'tenant'>,
  eventIds: Id<'event'>[],
): Promise<KeptPartRow[]> {
  if (eventIds.length === 0) return [];
  const rows = await sql.query<PartColumns>(
    `SELECT ${partColumns} FROM log_archive_parts WHERE tenant_id = ? AND event_id IN (?)`,
    [bytes(tenantId), eventIds.map(bytes)],
  );
  return rows.map(toPart);
}

/** Where one attempt's log stands in archives: nothing, or a row for each kind. */
export async function partsOfAttempt(
  sql: SqlRunner,
  tenantId: Id<'tenant'>,
  eventId: Id<'event'>,
  attempt: number,
): Promise<KeptPartRow[]> {
  const rows = await sql.query<PartColumns>(
    `SELECT ${partColumns} FROM log_archive_parts WHERE tenant_id = ? AND event_id = ? AND attempt = ? ORDER BY kind`,
    [bytes(tenantId), bytes(eventId), attempt],
  );
  return rows.map(toPart);
}

/** The outlines of an attempt's parts, or of that of one kind, as they were stored. */
export async function outlinesOfAttempt(
  sql: SqlRunner,
  tenantId: Id<'tenant'>,
  eventId: Id<'event'>,
  attempt: number,
  kind?: ArchiveKind,
): Promise<string[]> {
  const rows = await sql.query<{ outline: string }>(
    'SELECT outline FROM log_archive_parts WHERE tenant_id = ? AND event_id = ? AND attempt = ? AND kind IN (?)',
    [bytes(tenantId), bytes(eventId), attempt, kind ? [kind] : archiveKinds],
  );
  return rows.map(({ outline }) => outline);
}
