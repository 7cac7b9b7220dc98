import type { LogLevel } from '@nexomatic/contracts/sink-protocol';
import { levelNumber } from './ledger/log-records.ts';
import { bytes } from './ledger/rows.ts';
import { likeText } from './like.ts';
import type { SqlValue } from './sql.ts';

/** Conditions on `log_records` as SQL: looked at row by row, where no index answers them. */
export interface SqlPart {
  text: string;
  params: SqlValue[];
}

/** One of them at least; null where there are none. */
export function anyOf(parts: SqlPart[]): SqlPart | null {
  if (parts.length === 0) return null;
  return { text: `(${parts.map(({ text }) => text).join(' OR ')})`, params: parts.flatMap(({ params }) => params) };
}

export const not = ({ text, params }: SqlPart): SqlPart => ({ text: `NOT ${text}`, params });

export const isLevel = (levels: readonly (LogLevel | null)[]): SqlPart => ({
  text: '(level IN (?))',
  params: [levels.map(levelNumber)],
});

/** The column is one of the ids, or is empty where that is asked for. Never unknown, so that it can be negated. */
export function isId(
  column: 'event_type_id' | 'source_id' | 'sink_id' | 'event_id',
  ids: readonly string[],
  none = false,
): SqlPart {
  const empty = none ? `${column} IS NULL` : 'FALSE';
  if (ids.length === 0) return { text: `(${empty})`, params: [] };
  return { text: `(IFNULL(${column} IN (?), FALSE) OR ${empty})`, params: [ids.map(bytes)] };
}

export const isChannel = (channels: readonly string[]): SqlPart => ({ text: '(channel IN (?))', params: [channels] });

/** How a number is compared; bounds as queries write them. */
export type NumberCondition =
  | { kind: 'equal' | 'above' | 'below'; number: number }
  | { kind: 'between'; low: number; high: number };

export const isAttempt = (condition: NumberCondition): SqlPart => compared('attempt', condition);

function compared(number: string, condition: NumberCondition): SqlPart {
  if (condition.kind === 'between')
    return { text: `(${number} BETWEEN ? AND ?)`, params: [condition.low, condition.high] };
  const sign = { equal: '=', above: '>', below: '<' }[condition.kind];
  return { text: `(${number} ${sign} ?)`, params: [condition.number] };
}

/** The text stands in the line or in its fields, in any case of letters. */
export function hasText(text: string): SqlPart {
  const pattern = `%${likeText(text)}%`;
  // As it stands in JSON, where quotes and backslashes are written otherwise.
  const inFields = `%${likeText(JSON.stringify(text).slice(1, -1))}%`;
  return {
    text: '(text COLLATE utf8mb4_general_ci LIKE ? OR IFNULL(fields COLLATE utf8mb4_general_ci LIKE ?, FALSE))',
    params: [pattern, inFields],
  };
}

/** What is asked of a field; texts also find numbers and truth values that are written so. */
export type FieldCondition =
  | { kind: 'text' | 'prefix'; text: string }
  | { kind: 'null' }
  | Exclude<NumberCondition, { kind: 'equal' }>;

/** Fields are one JSON object without deeper values, so a key with its value stands in it as one text. */
export function hasField(path: string, condition: FieldCondition): SqlPart {
  const key = `${JSON.stringify(path)}:`;
  const holds = (...texts: string[]): SqlPart => ({
    text: `IFNULL(${texts.map(() => 'fields LIKE ?').join(' OR ')}, FALSE)`,
    params: texts,
  });
  switch (condition.kind) {
    case 'null': {
      const present = holds(`%${likeText(key)}%`);
      const empty = holds(`%${likeText(`${key}null`)}%`);
      return { text: `(NOT ${present.text} OR ${empty.text})`, params: [...present.params, ...empty.params] };
    }
    case 'text': {
      const written = likeText(key + JSON.stringify(condition.text));
      const bare = likeText(key + condition.text);
      return holds(`%${written}%`, ...(isBare(condition.text) ? [`%${bare},%`, `%${bare}}`] : []));
    }
    case 'prefix': {
      const written = likeText(key + JSON.stringify(condition.text).slice(0, -1));
      return holds(
        `%${written}%`,
        ...(/^[-\d.]+$/.test(condition.text) ? [`%${likeText(key + condition.text)}%`] : []),
      );
    }
    default: {
      const at = `$.${JSON.stringify(path)}`;
      const { text, params } = compared('JSON_EXTRACT(fields, ?) + 0', condition);
      const isNumber = `JSON_TYPE(JSON_EXTRACT(fields, ?)) IN ('INTEGER', 'UNSIGNED INTEGER', 'DOUBLE', 'DECIMAL')`;
      return { text: `IFNULL(${isNumber} AND ${text}, FALSE)`, params: [at, at, ...params] };
    }
  }
}

/** How JSON writes numbers and truth values. */
const isBare = (text: string): boolean =>
  text === 'true' || text === 'false' || /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text);
