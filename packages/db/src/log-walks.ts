import type { Id } from '@nexomatic/contracts/id';
import { type LogLevel, logLevels } from '@nexomatic/contracts/sink-protocol';
import { levelNumber, levelOf, type NewLogRecord } from './ledger/log-records.ts';
import { bytes, idOf, idOrNull } from './ledger/rows.ts';
import { isId, isLevel, type LogRow, type SqlPart } from './log-conditions.ts';
import type { SqlRunner, SqlValue } from './sql.ts';

/** What is asked of log records that an index can answer; null where nothing is asked. Several values: any of them. */
export interface IndexedLogs {
  eventId: readonly Id<'event'>[] | null;
  eventTypeId: readonly Id<'eventType'>[] | null;
  level: readonly (LogLevel | null)[] | null;
}

/** Walks along one index, newest first, and what is left to be looked at row by row. Why these: decision 0029. */
export interface LogWalks {
  index: string;
  /** Each walk's equalities; one without any walks the whole table of the tenant. */
  walks: SqlPart[];
  /** Nothing but the few lines of single events is read, so that no step needs a bound. */
  few: boolean;
  rest: SqlPart[];
}

const allLevels: readonly (LogLevel | null)[] = [null, ...logLevels];
const maxWalks = 40;

const nothing: IndexedLogs = { eventId: null, eventTypeId: null, level: null };

/** The walks that together give the records: those of events, of types and levels, of levels, or all of the tenant's. */
export function logWalks({ eventId, eventTypeId, level }: IndexedLogs, rest: SqlPart[] = []): LogWalks {
  const ofLevel = level ? [isLevel(level)] : [];
  const ofType = eventTypeId ? [isId('event_type_id', eventTypeId)] : [];
  if (eventId) {
    const walks = eventId.map((id) => ({ text: 'event_id = ?', params: [bytes(id)] }));
    return { index: 'log_records_by_event', walks, few: true, rest: [...ofType, ...ofLevel, ...rest] };
  }
  const levels = level ?? allLevels;
  if (eventTypeId && eventTypeId.length * levels.length <= maxWalks) {
    const walks = eventTypeId.flatMap((id) =>
      levels.map((one) => ({ text: 'event_type_id = ? AND level = ?', params: [bytes(id), levelNumber(one)] })),
    );
    return { index: 'log_records_by_type', walks, few: false, rest };
  }
  if (level) {
    const walks = level.map((one) => ({ text: 'level = ?', params: [levelNumber(one)] }));
    return { index: 'log_records_by_level', walks, few: false, rest: [...ofType, ...rest] };
  }
  return { index: 'PRIMARY', walks: [{ text: 'TRUE', params: [] }], few: false, rest: [...ofType, ...rest] };
}

/** A place between records: behind everything of this time and later, or only behind that one record. */
export interface LogPlace {
  at: Date;
  key: { eventId: Id<'event'>; attempt: number; seq: number; line: number } | null;
}

/** Which part of the walks is looked at. */
export interface LogRange {
  tenantId: Id<'tenant'>;
  from: Date | null;
  before: LogPlace | null;
}

const newestFirst = 'ORDER BY at DESC, event_id DESC, attempt DESC, seq DESC, line DESC';
const columns = 'at, event_id, attempt, seq, line, level, channel, event_type_id, source_id, sink_id, text, fields';

interface Row {
  at: Date;
  event_id: Buffer;
  attempt: number;
  seq: number;
  line: number;
  level: number;
  channel: NewLogRecord['channel'];
  event_type_id: Buffer;
  source_id: Buffer | null;
  sink_id: Buffer;
  text: string;
  fields: string | null;
}

/** The newest records of the range, `limit` at most. */
export async function findRecords(sql: SqlRunner, range: LogRange, asked: LogWalks, limit: number): Promise<LogRow[]> {
  const parts = asked.walks.map((walk) => {
    const { text, params } = where(range, [walk, ...asked.rest]);
    return {
      text: `(SELECT ${columns} FROM log_records FORCE INDEX (${asked.index}) WHERE ${text} ${newestFirst} LIMIT ?)`,
      params: [...params, limit],
    };
  });
  const rows = await sql.query<Row>(
    `${parts.map(({ text }) => text).join(' UNION ALL ')} ${parts.length > 1 ? `${newestFirst} LIMIT ?` : ''}`,
    [...parts.flatMap(({ params }) => params), ...(parts.length > 1 ? [limit] : [])],
  );
  return rows.map((row) => ({
    at: row.at,
    eventId: idOf('event', row.event_id),
    attempt: row.attempt,
    seq: row.seq,
    line: row.line,
    level: levelOf(row.level),
    channel: row.channel,
    eventTypeId: idOf('eventType', row.event_type_id),
    sourceId: idOrNull('source', row.source_id),
    sinkId: idOf('sink', row.sink_id),
    text: row.text,
    fields: row.fields,
  }));
}

/** The time of the record that stands `look` further on along the walk that comes least far; null if all end before. */
export async function timeBehind(
  sql: SqlRunner,
  range: LogRange,
  { index, walks }: LogWalks,
  look: number,
): Promise<Date | null> {
  const parts = walks.map((walk) => {
    const { text, params } = where(range, [walk]);
    return {
      text: `(SELECT at FROM log_records FORCE INDEX (${index}) WHERE ${text} ${newestFirst} LIMIT 1 OFFSET ?)`,
      params: [...params, Math.max(1, Math.floor(look / walks.length)) - 1],
    };
  });
  const rows = await sql.query<{ at: Date }>(
    parts.map(({ text }) => text).join(' UNION ALL '),
    parts.flatMap(({ params }) => params),
  );
  return rows.reduce<Date | null>((latest, { at }) => (latest && latest >= at ? latest : at), null);
}

export interface LogCount {
  /** Number of the step, from `base` on. */
  step: number;
  level: LogLevel | null;
  n: number;
}

/** A range of time in steps: which of them are counted, from `base` on. */
export interface LogSteps {
  base: Date;
  stepSeconds: number;
}

/** How many records of each level there are in each step of time. */
export async function countRecords(
  sql: SqlRunner,
  range: LogRange & { from: Date; before: LogPlace },
  asked: LogWalks,
  steps: LogSteps,
): Promise<LogCount[]> {
  // The index of levels, which is a third as long as the table, does for all of it.
  const counted =
    asked.index === 'PRIMARY' ? { ...logWalks({ ...nothing, level: allLevels }), rest: asked.rest } : asked;
  const { text, params } =
    counted.rest.length > 0 || counted.few ? byRow(range, asked, steps) : byStep(range, counted, steps);
  const rows = await sql.query<{ step: number; level: number; n: number }>(text, params);
  return rows
    .filter(({ n }) => Number(n) > 0)
    .map(({ step, level, n }) => ({ step: Number(step), level: levelOf(level), n: Number(n) }));
}

/** Each row says which step it is in: where every row has to be looked at anyway. */
function byRow(range: LogRange, { index, walks, rest }: LogWalks, { base, stepSeconds }: LogSteps): SqlPart {
  const any = {
    text: `(${walks.map(({ text }) => `(${text})`).join(' OR ')})`,
    params: walks.flatMap(({ params }) => params),
  };
  const { text, params } = where(range, [any, ...rest]);
  return {
    text: `SELECT TIMESTAMPDIFF(SECOND, ?, at) DIV ? AS step, level, COUNT(*) AS n
     FROM log_records FORCE INDEX (${index}) WHERE ${text} GROUP BY step, level`,
    params: [base, stepSeconds, ...params],
  };
}

/** The entries of an index between two times are counted several times as fast as rows are put into steps. */
function byStep(
  { tenantId, from, before }: LogRange & { from: Date; before: LogPlace },
  { index, walks }: LogWalks,
  { base, stepSeconds }: LogSteps,
): SqlPart {
  const stepMs = stepSeconds * 1_000;
  const parts: SqlPart[] = [];
  for (let step = Math.floor((from.getTime() - base.getTime()) / stepMs); ; step++) {
    const [begin, end] = [base.getTime() + step * stepMs, base.getTime() + (step + 1) * stepMs];
    if (begin >= before.at.getTime()) break;
    const within: LogRange = {
      tenantId,
      from: new Date(Math.max(begin, from.getTime())),
      before: { at: new Date(Math.min(end, before.at.getTime())), key: null },
    };
    for (const walk of walks) {
      const { text, params } = where(within, [walk]);
      parts.push({
        text: `SELECT ${step} AS step, MAX(level) AS level, COUNT(*) AS n FROM log_records FORCE INDEX (${index}) WHERE ${text}`,
        params,
      });
    }
  }
  return {
    text: parts.map(({ text }) => text).join(' UNION ALL '),
    params: parts.flatMap(({ params }) => params),
  };
}

function where({ tenantId, from, before }: LogRange, parts: SqlPart[]): SqlPart {
  const bounds: SqlPart[] = [{ text: 'tenant_id = ?', params: [bytes(tenantId)] }];
  if (from) bounds.push({ text: 'at >= ?', params: [from] });
  if (before) bounds.push(behind(before));
  const all = [...bounds, ...parts];
  return { text: all.map(({ text }) => text).join(' AND '), params: all.flatMap(({ params }) => params) };
}

/** The first condition bounds what is read of the index; the second says where in that millisecond it begins. */
function behind({ at, key }: LogPlace): SqlPart {
  if (!key) return { text: 'at < ?', params: [at] };
  const event = bytes(key.eventId);
  const params: SqlValue[] = [at, at, event, event, key.attempt, key.attempt, key.seq, key.seq, key.line];
  const text =
    '(at < ? OR event_id < ? OR (event_id = ? AND (attempt < ? OR (attempt = ? AND (seq < ? OR (seq = ? AND line < ?))))))';
  return { text: `at <= ? AND ${text}`, params };
}
