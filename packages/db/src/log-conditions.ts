import type { LogLevel } from '@nexomatic/contracts/sink-protocol';
import { type LogContext, levelNumber, type NewLogRecord } from './ledger/log-records.ts';
import { bytes } from './ledger/rows.ts';
import type { FoldText } from './letters.ts';
import { likeText } from './like.ts';
import type { SqlValue } from './sql.ts';

/** Conditions on `log_records` as SQL: looked at row by row, where no index answers them. */
export interface SqlPart {
  text: string;
  params: SqlValue[];
}

/** A line that can be searched, and whose it is. */
export type LogRow = Omit<LogContext, 'tenantId'> & NewLogRecord;

/** One condition of a search, as it is put to each of the places where lines stand. */
export interface LogCondition extends SqlPart {
  /** The same of a line that was read from an archive. */
  holds(row: LogRow, fold: FoldText): boolean;
  /** What must hold of a row of `log_archive_parts`, so that its log may hold such a line; null: nothing can be told. */
  part: SqlPart | null;
  /** `part` says it of each of its lines: none needs to be looked at. */
  whole: boolean;
}

const joined = (parts: SqlPart[], word: string): SqlPart => ({
  text: `(${parts.map(({ text }) => text).join(word)})`,
  params: parts.flatMap(({ params }) => params),
});

/** One of them at least; null where there are none. */
export function anyOf(conditions: LogCondition[]): LogCondition | null {
  if (conditions.length === 0) return null;
  const parts = conditions.flatMap(({ part }) => part ?? []);
  return {
    ...joined(conditions, ' OR '),
    holds: (row, fold) => conditions.some((one) => one.holds(row, fold)),
    part: parts.length === conditions.length ? joined(parts, ' OR ') : null,
    whole: conditions.every(({ whole }) => whole),
  };
}

export const negated = ({ text, params }: SqlPart): SqlPart => ({ text: `NOT ${text}`, params });

export const not = (condition: LogCondition): LogCondition => ({
  ...negated(condition),
  holds: (row, fold) => !condition.holds(row, fold),
  part: condition.whole && condition.part ? negated(condition.part) : null,
  whole: condition.whole,
});

/** Columns that the tables of lines and of archived logs have alike: what holds of a log holds of each of its lines. */
const ofLog = (part: SqlPart, holds: LogCondition['holds']): LogCondition => ({ ...part, holds, part, whole: true });
const ofLine = (sql: SqlPart, holds: LogCondition['holds'], part: SqlPart | null = null): LogCondition => ({
  ...sql,
  holds,
  part,
  whole: false,
});

export const isLevel = (levels: readonly (LogLevel | null)[]): LogCondition =>
  ofLine({ text: '(level IN (?))', params: [levels.map(levelNumber)] }, ({ level }) => levels.includes(level), {
    text: `(lines_none IS NULL OR ${levels.map((level) => `lines_${level ?? 'none'} > 0`).join(' OR ') || 'FALSE'})`,
    params: [],
  });

/** The column is one of the ids, or is empty where that is asked for. Never unknown, so that it can be negated. */
export function isId(
  column: 'event_type_id' | 'source_id' | 'sink_id' | 'event_id',
  ids: readonly string[],
  none = false,
): LogCondition {
  const empty = none ? `${column} IS NULL` : 'FALSE';
  const name = idNames[column];
  const holds = (row: LogRow) => (row[name] === null ? none : ids.includes(row[name]));
  if (ids.length === 0) return ofLog({ text: `(${empty})`, params: [] }, holds);
  return ofLog({ text: `(IFNULL(${column} IN (?), FALSE) OR ${empty})`, params: [ids.map(bytes)] }, holds);
}

const idNames = {
  event_type_id: 'eventTypeId',
  source_id: 'sourceId',
  sink_id: 'sinkId',
  event_id: 'eventId',
} as const;

export function isChannel(channels: readonly string[]): LogCondition {
  const kinds = [...new Set(channels.map((channel) => (channel === 'record' ? 'records' : 'output')))];
  const holds = ({ channel }: LogRow) => channels.includes(channel);
  return ofLine({ text: '(channel IN (?))', params: [channels] }, holds, { text: '(kind IN (?))', params: [kinds] });
}

/** How a number is compared; bounds as queries write them. */
export type NumberCondition =
  | { kind: 'equal' | 'above' | 'below'; number: number }
  | { kind: 'between'; low: number; high: number };

export const isAttempt = (condition: NumberCondition): LogCondition =>
  ofLog(compared('attempt', condition), ({ attempt }) => compares(attempt, condition));

function compared(number: string, condition: NumberCondition): SqlPart {
  if (condition.kind === 'between')
    return { text: `(${number} BETWEEN ? AND ?)`, params: [condition.low, condition.high] };
  const sign = { equal: '=', above: '>', below: '<' }[condition.kind];
  return { text: `(${number} ${sign} ?)`, params: [condition.number] };
}

function compares(value: number, condition: NumberCondition): boolean {
  switch (condition.kind) {
    case 'equal':
      return value === condition.number;
    case 'above':
      return value > condition.number;
    case 'below':
      return value < condition.number;
    case 'between':
      return value >= condition.low && value <= condition.high;
  }
}

/** The text stands in the line or in its fields, in any case of letters. */
export function hasText(text: string): LogCondition {
  // As it stands in JSON, where quotes and backslashes are written otherwise.
  const inFields = JSON.stringify(text).slice(1, -1);
  const sql = {
    text: '(text COLLATE utf8mb4_general_ci LIKE ? OR IFNULL(fields COLLATE utf8mb4_general_ci LIKE ?, FALSE))',
    params: [`%${likeText(text)}%`, `%${likeText(inFields)}%`],
  };
  return ofLine(
    sql,
    (row, fold) =>
      fold(row.text).includes(fold(text)) || (row.fields !== null && fold(row.fields).includes(fold(inFields))),
  );
}

/** What is asked of a field; texts also find numbers and truth values that are written so. */
export type FieldCondition =
  | { kind: 'text' | 'prefix'; text: string }
  | { kind: 'null' }
  | Exclude<NumberCondition, { kind: 'equal' }>;

/** Fields are one JSON object without deeper values, so a key with its value stands in it as one text. */
export function hasField(path: string, condition: FieldCondition): LogCondition {
  const key = `${JSON.stringify(path)}:`;
  switch (condition.kind) {
    case 'null': {
      const present = holdsAny(key);
      const empty = holdsAny(`${key}null`);
      const sql = { text: `(NOT ${present.text} OR ${empty.text})`, params: [...present.params, ...empty.params] };
      return ofLine(sql, (row, fold) => !present.holds(row, fold) || empty.holds(row, fold));
    }
    case 'text': {
      const bare = key + condition.text;
      const written = key + JSON.stringify(condition.text);
      return holdsAny(written, ...(isBare(condition.text) ? [`${bare},`, `${bare}}`] : []));
    }
    case 'prefix': {
      const written = key + JSON.stringify(condition.text).slice(0, -1);
      return holdsAny(written, ...(/^[-\d.]+$/.test(condition.text) ? [key + condition.text] : []));
    }
    default: {
      const at = `$.${JSON.stringify(path)}`;
      const { text, params } = compared('JSON_EXTRACT(fields, ?) + 0', condition);
      const isNumber = `JSON_TYPE(JSON_EXTRACT(fields, ?)) IN ('INTEGER', 'UNSIGNED INTEGER', 'DOUBLE', 'DECIMAL')`;
      const sql = { text: `IFNULL(${isNumber} AND ${text}, FALSE)`, params: [at, at, ...params] };
      return ofLine(sql, ({ fields }) => {
        const value = fields?.includes(key) ? (JSON.parse(fields) as Record<string, unknown>)[path] : undefined;
        return typeof value === 'number' && compares(value, condition);
      });
    }
  }
}

/** One of the texts stands in the fields as it is. */
function holdsAny(...texts: string[]): LogCondition {
  const sql = {
    text: `IFNULL(${texts.map(() => 'fields LIKE ?').join(' OR ')}, FALSE)`,
    params: texts.map((text) => `%${likeText(text)}%`),
  };
  return ofLine(sql, ({ fields }) => fields !== null && texts.some((text) => fields.includes(text)));
}

/** How JSON writes numbers and truth values. */
const isBare = (text: string): boolean =>
  text === 'true' || text === 'false' || /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text);
