import type { Id } from '@nexomatic/contracts/id';
import type { LogChannel } from '@nexomatic/contracts/sink-protocol';
import type { LogEncoding } from '../entities/log-chunk.ts';
import type { SqlRunner } from '../sql.ts';
import type { AttemptRef } from './attempts.ts';
import type { ArchiveKind } from './log-archives.ts';
import { bytes, idOf, idOrNull } from './rows.ts';

/** Logs that still stand in the database, as those see them who move or delete them. */

const channels: Record<ArchiveKind, LogChannel[]> = { output: ['stdout', 'stderr'], records: ['record'] };
/** Of the search, what the hub says itself about a log belongs to its records. */
const searched: Record<ArchiveKind, string[]> = { output: ['stdout', 'stderr'], records: ['record', 'marker'] };

export interface AttemptLog {
  eventId: Id<'event'>;
  attempt: number;
  eventTypeId: Id<'eventType'>;
  sourceId: Id<'source'> | null;
  sinkId: Id<'sink'> | null;
  finishedAt: Date;
}

/** Events that have chunks, in the order of their ids, of the half-open range between two of them. */
export async function eventsWithChunks(
  sql: SqlRunner,
  tenantId: Id<'tenant'>,
  range: { after: Id<'event'>; below: Id<'event'>; limit: number },
): Promise<Id<'event'>[]> {
  const rows = await sql.query<{ event_id: Buffer }>(
    `SELECT DISTINCT event_id FROM log_chunks WHERE tenant_id = ? AND event_id > ? AND event_id < ?
     ORDER BY event_id LIMIT ?`,
    [bytes(tenantId), bytes(range.after), bytes(range.below), range.limit],
  );
  return rows.map((row) => idOf('event', row.event_id));
}

/** Attempts of these events that were finished before. */
export async function finishedAttempts(
  sql: SqlRunner,
  tenantId: Id<'tenant'>,
  eventIds: Id<'event'>[],
  before: Date,
): Promise<AttemptLog[]> {
  const rows = await sql.query<AttemptColumns>(
    `SELECT a.event_id, a.number, e.event_type_id, e.source_id, a.sink_id, a.finished_at
     FROM attempts a JOIN events e ON e.tenant_id = a.tenant_id AND e.id = a.event_id
     WHERE a.tenant_id = ? AND a.event_id IN (?) AND a.finished_at < ? ORDER BY a.event_id, a.number`,
    [bytes(tenantId), eventIds.map(bytes), before],
  );
  return rows.map((row) => ({
    eventId: idOf('event', row.event_id),
    attempt: row.number,
    eventTypeId: idOf('eventType', row.event_type_id),
    sourceId: idOrNull('source', row.source_id),
    sinkId: idOrNull('sink', row.sink_id),
    finishedAt: row.finished_at,
  }));
}

interface AttemptColumns {
  event_id: Buffer;
  number: number;
  event_type_id: Buffer;
  source_id: Buffer | null;
  sink_id: Buffer | null;
  finished_at: Date;
}

export interface HotChunk {
  seq: number;
  channel: LogChannel;
  at: Date;
  body: Buffer;
  encoding: LogEncoding | null;
  lineCount: number | null;
  linesBefore: number | null;
  continues: number | null;
  lostWhy: string | null;
  lostGoesOn: number | null;
}

/** Some chunks of one kind behind `after`, in order. */
export async function chunksOfKind(
  sql: SqlRunner,
  log: { tenantId: Id<'tenant'>; eventId: Id<'event'>; attempt: number },
  kind: ArchiveKind,
  after: number,
  limit: number,
): Promise<HotChunk[]> {
  return await sql.query<HotChunk>(
    `SELECT seq, channel, at, body, encoding, line_count AS lineCount, lines_before AS linesBefore, continues,
       lost_why AS lostWhy, lost_goes_on AS lostGoesOn
     FROM log_chunks
     WHERE tenant_id = ? AND event_id = ? AND attempt = ? AND seq > ? AND channel IN (?) ORDER BY seq LIMIT ?`,
    [bytes(log.tenantId), bytes(log.eventId), log.attempt, after, channels[kind], limit],
  );
}

/** Which attempts of these events have chunks of this kind, each as `<event> <attempt>`. */
export async function logsOfKind(
  sql: SqlRunner,
  tenantId: Id<'tenant'>,
  eventIds: Id<'event'>[],
  kind: ArchiveKind,
): Promise<Set<string>> {
  if (eventIds.length === 0) return new Set();
  const rows = await sql.query<{ event_id: Buffer; attempt: number }>(
    'SELECT DISTINCT event_id, attempt FROM log_chunks WHERE tenant_id = ? AND event_id IN (?) AND channel IN (?)',
    [bytes(tenantId), eventIds.map(bytes), channels[kind]],
  );
  return new Set(rows.map((row) => `${idOf('event', row.event_id)} ${row.attempt}`));
}

/** Deletes what the hub said about lines of an attempt that the search does not find. */
export async function deleteSearchMarks(sql: SqlRunner, { tenantId, eventId, attempt }: AttemptRef): Promise<void> {
  await sql.run(`DELETE FROM log_records WHERE tenant_id = ? AND event_id = ? AND attempt = ? AND channel = 'marker'`, [
    bytes(tenantId),
    bytes(eventId),
    attempt,
  ]);
}

/** Rows that one statement deletes: so few that nothing else waits for it. */
const rowsAtOnce = 500;
const logsAtOnce = 100;

/** Deletes the chunks of one kind of these attempts, and what the search knows of them. */
export async function deleteHotLogs(
  sql: SqlRunner,
  tenantId: Id<'tenant'>,
  logs: { eventId: Id<'event'>; attempt: number }[],
  kind: ArchiveKind,
): Promise<void> {
  for (let from = 0; from < logs.length; from += logsAtOnce) {
    const some = logs.slice(from, from + logsAtOnce);
    const where = some.map(() => '(event_id = ? AND attempt = ?)').join(' OR ');
    const params = some.flatMap(({ eventId, attempt }) => [bytes(eventId), attempt]);
    for (const [table, names] of [
      ['log_records', searched[kind]],
      ['log_chunks', channels[kind]],
    ] as const) {
      let deleted: number;
      do {
        const { affectedRows } = await sql.run(
          `DELETE FROM ${table} WHERE tenant_id = ? AND (${where}) AND channel IN (?) LIMIT ${rowsAtOnce}`,
          [bytes(tenantId), ...params, names],
        );
        deleted = affectedRows;
      } while (deleted === rowsAtOnce);
    }
  }
}
