import type { Clock } from '@nexomatic/clock';
import type { Id } from '@nexomatic/contracts/id';
import type { FoundRecord, FoundRecords } from '@nexomatic/contracts/log-search-api';
import type { Database } from '@nexomatic/db/database';
import type { EntityManager } from '@nexomatic/db/query';
import type { ArchivedLogs } from '../../archive/archived-logs.ts';
import { nameOf, namesOfRows } from '../../events/summaries.ts';
import { nothingArchived } from './archive-share.ts';
import { searchArchive } from './archived/search-archive.ts';
import { type LogFilter, planLogSearch } from './plan-log-search.ts';
import { fromRecordCursor, toRecordCursor } from './record-cursor.ts';
import { type FoundRow, mergeRows, placeOf } from './record-order.ts';
import { searchHot } from './search-hot.ts';

interface Deps {
  db: Database;
  clock: Clock;
  archivedLogs: ArchivedLogs;
}

/**
 * One page of a tenant's log records, newest first, of those in the database and those in the archive as one. Paging is by key;
 * what is rare is looked for within bounds.
 */
export async function searchLogs(
  { db, clock, archivedLogs }: Deps,
  tenantId: Id<'tenant'>,
  { limit, cursor, ...filter }: LogFilter & { limit: number; cursor?: string | undefined },
): Promise<FoundRecords> {
  const after = cursor === undefined ? null : fromRecordCursor(cursor);
  const em = db.tenantEm(tenantId);
  const { walks, conditions, hint, since, until } = await planLogSearch(em, filter, clock.now());
  if (!walks) return { records: [], nextCursor: null, searchedTo: null, hint, archive: nothingArchived };
  const before = after ?? (until ? { at: until, key: null } : null);
  // One more than asked for says whether there is a next page.
  const want = limit + 1;
  const hot = await searchHot({ sql: db.sql, clock }, walks, { tenantId, from: since, before }, want);
  // After the database: what is no longer there is in the archive by then. Only as far back as that was searched.
  const from = hot.pausedAt ?? hot.rows[limit]?.at ?? since;
  const asked = { tenantId, conditions, from, before, want };
  const old = await searchArchive({ sql: db.sql, clock, archivedLogs }, asked);
  const pausedAt = latest(hot.pausedAt, old.pausedAt);
  const found = mergeRows(hot.rows, old.rows).filter(({ at }) => !pausedAt || at >= pausedAt);
  const page = found.slice(0, limit);
  const records = await toFound(em, page);
  const archive = { ...old.share, lines: page.filter(({ archived }) => archived).length };
  const last = page.at(-1);
  if (found.length > limit && last)
    return { records, nextCursor: toRecordCursor(placeOf(last)), searchedTo: null, hint, archive };
  if (!pausedAt) return { records, nextCursor: null, searchedTo: null, hint, archive };
  const nextCursor = toRecordCursor({ at: pausedAt, key: null });
  return { records, nextCursor, searchedTo: pausedAt.toISOString(), hint, archive };
}

const latest = (a: Date | null, b: Date | null): Date | null => (a && b ? (a > b ? a : b) : (a ?? b));

/** Records with the names of what they belong to. */
async function toFound(em: EntityManager, rows: FoundRow[]): Promise<FoundRecord[]> {
  const { types, sources, sinks } = await namesOfRows(em, rows);
  return rows.map((row) => ({
    event: row.eventId,
    attempt: row.attempt,
    seq: row.seq,
    line: row.line,
    at: row.at.toISOString(),
    level: row.level,
    channel: row.channel,
    text: row.text,
    fields: row.fields === null ? null : JSON.parse(row.fields),
    type: types.get(row.eventTypeId) ?? row.eventTypeId,
    source: nameOf(sources, row.sourceId),
    sink: sinks.get(row.sinkId) ?? row.sinkId,
    archived: row.archived,
  }));
}
