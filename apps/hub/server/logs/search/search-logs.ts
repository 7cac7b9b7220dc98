import type { Clock } from '@nexomatic/clock';
import type { Id } from '@nexomatic/contracts/id';
import type { FoundRecord, FoundRecords } from '@nexomatic/contracts/log-search-api';
import type { Database } from '@nexomatic/db/database';
import { findRecords, type LogPlace, type LogRow, type LogWalks, timeBehind } from '@nexomatic/db/log-walks';
import type { EntityManager } from '@nexomatic/db/query';
import { nameOf, namesOfRows } from '../../events/summaries.ts';
import { nothingArchived } from './archive-share.ts';
import { type LogFilter, planLogSearch } from './plan-log-search.ts';
import { fromRecordCursor, toRecordCursor } from './record-cursor.ts';

/** Rows that are looked at for one answer, at most, and how long it may take; then the answer says how far it came. */
const maxLooked = 200_000;
const maxMs = 250;
const firstLook = 1_000;
/** Rows of one statement: few where each is looked up in another place of the disk than its entry in the index. */
const maxLook = (index: string): number => (index === 'PRIMARY' ? 20_000 : 4_000);

interface Deps {
  db: Database;
  clock: Clock;
}

/** One page of a tenant's log records, newest first. Paging is by key; what is rare is looked for within bounds. */
export async function searchLogs(
  { db, clock }: Deps,
  tenantId: Id<'tenant'>,
  { limit, cursor, ...filter }: LogFilter & { limit: number; cursor?: string | undefined },
): Promise<FoundRecords> {
  const after = cursor === undefined ? null : fromRecordCursor(cursor);
  const em = db.tenantEm(tenantId);
  const { walks, hint, since, until } = await planLogSearch(em, filter, clock.now());
  if (!walks) return { records: [], nextCursor: null, searchedTo: null, hint, archive: nothingArchived };
  const before = after ?? (until ? { at: until, key: null } : null);
  // One more than asked for says whether there is a next page.
  const { rows, pausedAt } = await walk(before, limit + 1);
  const records = await toFound(em, rows.slice(0, limit));
  const last = rows[limit - 1];
  if (rows.length > limit && last)
    return { records, nextCursor: toRecordCursor(placeOf(last)), searchedTo: null, hint, archive: nothingArchived };
  if (!pausedAt) return { records, nextCursor: null, searchedTo: null, hint, archive: nothingArchived };
  const nextCursor = toRecordCursor({ at: pausedAt, key: null });
  return { records, nextCursor, searchedTo: pausedAt.toISOString(), hint, archive: nothingArchived };

  /** Looks at the newest entries of the index first, then at more and more of the older ones. */
  async function walk(start: LogPlace | null, want: number): Promise<{ rows: LogRow[]; pausedAt: Date | null }> {
    const asked: LogWalks = walks as LogWalks;
    const whole = asked.few || asked.rest.length === 0;
    const deadline = clock.monotonic() + maxMs;
    const found: LogRow[] = [];
    let place = start;
    let looked = 0;
    for (let look = firstLook; ; look = Math.min(2 * look, maxLook(asked.index))) {
      const range = { tenantId, from: since, before: place };
      const low = whole ? null : await timeBehind(db.sql, range, asked, look);
      found.push(...(await findRecords(db.sql, { ...range, from: low ?? since }, asked, want - found.length)));
      if (found.length === want || low === null) return { rows: found, pausedAt: null };
      looked += look;
      place = { at: low, key: null };
      if (looked >= maxLooked || clock.monotonic() > deadline) return { rows: found, pausedAt: low };
    }
  }
}

const placeOf = ({ at, eventId, attempt, seq, line }: LogRow): LogPlace => ({
  at,
  key: { eventId, attempt, seq, line },
});

/** Records with the names of what they belong to. */
async function toFound(em: EntityManager, rows: LogRow[]): Promise<FoundRecord[]> {
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
    archived: false,
  }));
}
