import type { Id } from '@nexomatic/contracts/id';
import { type LogLevel, logLevels } from '@nexomatic/contracts/sink-protocol';
import { type ArchiveKind, longLastingMs } from './ledger/log-archives.ts';
import { bytes, idOf, idOrNull } from './ledger/rows.ts';
import type { SqlPart } from './log-conditions.ts';
import type { LogCount, LogSteps } from './log-walks.ts';
import type { SqlRunner } from './sql.ts';

/** What the search across events asks of archived logs without opening them. */

export interface SearchablePart {
  eventId: Id<'event'>;
  attempt: number;
  kind: ArchiveKind;
  archiveId: Id<'logArchive'>;
  eventTypeId: Id<'eventType'>;
  sourceId: Id<'source'> | null;
  sinkId: Id<'sink'>;
  /** JSON, as in `ArchivePartRow`. */
  blocks: string;
  firstAt: Date;
  lastAt: Date;
  driftMs: number;
}

interface Columns {
  event_id: Buffer;
  attempt: number;
  kind: ArchiveKind;
  archive_id: Buffer;
  event_type_id: Buffer;
  source_id: Buffer | null;
  sink_id: Buffer;
  blocks: string;
  first_at: Date;
  last_at: Date;
  drift_ms: number;
}

/** Parts that may hold lines of some time. */
export interface PartRange {
  tenantId: Id<'tenant'>;
  from: Date | null;
  /** The latest time that is asked for, itself included. */
  to: Date | null;
  conditions: SqlPart[];
}

/** Logs that were brought back are found in the database. Of what an earlier hub archived, nobody may know whose it is. */
const searched = 'p.hot_since IS NULL AND p.event_type_id IS NOT NULL AND p.sink_id IS NOT NULL';

/**
 * Parts of a range, those first whose lines end last. Nearly all logs last for a short time, so that those which were going on
 * at a time stand near to it; those that do not are walked by themselves.
 */
export async function searchableParts(
  sql: SqlRunner,
  { tenantId, from, to, conditions }: PartRange,
  { longLasting, after, limit }: { longLasting: boolean; after: SearchablePart | null; limit: number },
): Promise<SearchablePart[]> {
  const last = to && !longLasting ? new Date(to.getTime() + longLastingMs) : null;
  const all: SqlPart[] = [
    { text: 'tenant_id = ? AND long_lasting = ?', params: [bytes(tenantId), longLasting] },
    { text: from ? 'last_at >= ?' : 'last_at IS NOT NULL', params: from ? [from] : [] },
    ...(last ? [{ text: 'last_at <= ?', params: [last] }] : []),
    ...(after ? [behind(after)] : []),
    ...(to ? [{ text: 'first_at <= ?', params: [to] }] : []),
    { text: searched, params: [] },
    ...conditions,
  ];
  const rows = await sql.query<Columns>(
    `SELECT event_id, attempt, kind, archive_id, event_type_id, source_id, sink_id, blocks, first_at, last_at, drift_ms
     FROM log_archive_parts p FORCE INDEX (log_archive_parts_by_time) WHERE ${all.map(({ text }) => text).join(' AND ')}
     ORDER BY last_at DESC, event_id DESC, attempt DESC, kind DESC LIMIT ?`,
    [...all.flatMap(({ params }) => params), limit],
  );
  return rows.map((row) => ({
    eventId: idOf('event', row.event_id),
    attempt: row.attempt,
    kind: row.kind,
    archiveId: idOf('logArchive', row.archive_id),
    eventTypeId: idOf('eventType', row.event_type_id),
    sourceId: idOrNull('source', row.source_id),
    sinkId: idOf('sink', row.sink_id),
    blocks: row.blocks,
    firstAt: row.first_at,
    lastAt: row.last_at,
    driftMs: row.drift_ms,
  }));
}

function behind({ lastAt, eventId, attempt, kind }: SearchablePart): SqlPart {
  const event = bytes(eventId);
  const text =
    'last_at <= ? AND (last_at < ? OR event_id < ? OR (event_id = ? AND (attempt < ? OR (attempt = ? AND kind < ?))))';
  return { text, params: [lastAt, lastAt, event, event, attempt, attempt, kind] };
}

/** The outline of a part, as it was stored; null when it is no longer there. */
export async function outlineOfPart(
  sql: SqlRunner,
  tenantId: Id<'tenant'>,
  { eventId, attempt, kind }: Pick<SearchablePart, 'eventId' | 'attempt' | 'kind'>,
): Promise<string | null> {
  const [row] = await sql.query<{ outline: string }>(
    'SELECT outline FROM log_archive_parts WHERE tenant_id = ? AND event_id = ? AND attempt = ? AND kind = ?',
    [bytes(tenantId), bytes(eventId), attempt, kind],
  );
  return row?.outline ?? null;
}

/** Parts of which all lines are counted, and lie in one step of the range: their sums do. */
export function countedWhole({ from, to }: { from: Date; to: Date }, { base, stepSeconds }: LogSteps): SqlPart {
  const step = (column: string) => `TIMESTAMPDIFF(SECOND, ?, ${column}) DIV ?`;
  return {
    text: `(lines_none IS NOT NULL AND first_at >= ? AND last_at < ? AND ${step('first_at')} = ${step('last_at')})`,
    params: [from, to, base, stepSeconds, base, stepSeconds],
  };
}

/** How many lines those have, by level and step of time. */
export async function sumLines(
  sql: SqlRunner,
  { tenantId, from, to, conditions }: PartRange & { from: Date; to: Date },
  steps: LogSteps,
  levels: readonly (LogLevel | null)[] = [null, ...logLevels],
): Promise<LogCount[]> {
  const all = [countedWhole({ from, to }, steps), ...conditions];
  const names = levels.map((level) => level ?? 'none');
  const rows = await sql.query<Record<string, number | string>>(
    `SELECT TIMESTAMPDIFF(SECOND, ?, last_at) DIV ? AS step, ${names.map((name) => `SUM(lines_${name}) AS ${name}`).join(', ')}
     FROM log_archive_parts p FORCE INDEX (log_archive_parts_by_time)
     WHERE tenant_id = ? AND long_lasting IN (FALSE, TRUE) AND last_at >= ? AND last_at < ? AND ${searched}
       AND ${all.map(({ text }) => text).join(' AND ')} GROUP BY step`,
    [steps.base, steps.stepSeconds, bytes(tenantId), from, to, ...all.flatMap(({ params }) => params)],
  );
  // Sums are decimals, and come as text.
  return rows
    .flatMap((row) => levels.map((level) => ({ step: Number(row.step), level, n: Number(row[level ?? 'none']) })))
    .filter(({ n }) => n > 0);
}

/** Archived logs of which some rows may stand in the database as well: they are being deleted, or brought back. */
export async function partsPartlyHot(
  sql: SqlRunner,
  tenantId: Id<'tenant'>,
  { from, to }: { from: Date; to: Date },
): Promise<Pick<SearchablePart, 'eventId' | 'attempt' | 'kind'>[]> {
  const range = `p.last_at >= ? AND p.first_at < ? AND ${searched}`;
  const rows = await sql.query<Pick<Columns, 'event_id' | 'attempt' | 'kind'>>(
    `SELECT p.event_id, p.attempt, p.kind
     FROM log_archives a JOIN log_archive_parts p ON p.tenant_id = a.tenant_id AND p.archive_id = a.id
     WHERE a.tenant_id = ? AND a.state = 'stored' AND ${range}
     UNION SELECT p.event_id, p.attempt, p.kind FROM log_archive_parts p
     WHERE p.tenant_id = ? AND p.hot_until IS NOT NULL AND ${range}`,
    [bytes(tenantId), from, to, bytes(tenantId), from, to],
  );
  return rows.map((row) => ({ eventId: idOf('event', row.event_id), attempt: row.attempt, kind: row.kind }));
}

/** A line in the database of none of these logs. */
export function notOfParts(parts: Pick<SearchablePart, 'eventId' | 'attempt' | 'kind'>[]): SqlPart[] {
  return [...Map.groupBy(parts, ({ kind }) => kind)].map(([kind, some]) => ({
    text: `NOT (channel ${kind === 'records' ? 'IN' : 'NOT IN'} ('record', 'marker') AND (event_id, attempt) IN (?))`,
    params: [some.map(({ eventId, attempt }) => [bytes(eventId), attempt])],
  }));
}
