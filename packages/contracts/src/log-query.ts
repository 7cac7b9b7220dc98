import type { WrittenTerm } from './event-query-split.ts';
import { formatValue, Misread, type QueryFault, type QueryValue, readValue } from './event-query-value.ts';
import { isPlainLogKey, logKeyRule, type PlainLogKey, plainLogKeys } from './log-query-keys.ts';
import { nearestName } from './nearest-name.ts';
import { readTerms } from './query-terms.ts';

/**
 * The query of logs across events, the same in the address and in the API. It is written as a query of events is:
 *
 *     query = term { " " term }         the same key twice: either; different keys: all of them; texts: all of them
 *     term  = ["-"] (key ":" value | word | "quoted text")
 *     key   = level type source sink event attempt channel field.<name> since from to
 *
 * Words and quoted texts stand anywhere in the line or in its fields, without regard to case.
 */
export interface LogQuery {
  terms: LogTerm[];
}
export type LogTerm =
  | { key: PlainLogKey; negated: boolean; value: QueryValue }
  | { key: 'field'; path: string; negated: boolean; value: QueryValue }
  | { key: 'text'; negated: boolean; value: { kind: 'text'; text: string } };

export type ParsedLogQuery = { ok: true; query: LogQuery } | { ok: false; faults: QueryFault[] };

/** Reads a query; every term that can not be read is a fault with its place. */
export function parseLogQuery(text: string): ParsedLogQuery {
  const { terms, faults } = readTerms(text, readTerm, logKeyRule);
  return faults.length > 0 ? { ok: false, faults } : { ok: true, query: { terms } };
}

function readTerm(written: WrittenTerm): LogTerm {
  const { at, text, negated, key, keyAt, value, valueAt } = written;
  if (key === null) return { key: 'text', negated, value: { kind: 'text', text: readText(written) } };
  const rule = logKeyRule(key);
  if (!rule) throw new Misread(keyAt, key.length, unknownKey(key, text));
  if (value === '') throw new Misread(at, text.length, `${key} needs a value, for example ${rule.sample}.`);
  if (negated && rule.time) throw new Misread(at, 1, `A time can not be excluded; write for example ${rule.sample}.`);
  const read = readValue(value, valueAt, key, rule);
  return isPlainLogKey(key)
    ? { key, negated, value: read }
    : { key: 'field', path: key.slice(6), negated, value: read };
}

/** A word as it stands, or what is in the quotes. */
function readText({ at, text, value, valueAt }: WrittenTerm): string {
  if (value === '') throw new Misread(at, text.length, 'Write a word after the -, or put the text in quotes.');
  if (!value.startsWith('"')) return value;
  const read = readValue(value, valueAt, 'A text', { help: '', sample: '"connection refused"' });
  if (read.kind === 'text' && read.text !== '') return read.text;
  throw new Misread(at, text.length, 'There is nothing in the quotes.');
}

function unknownKey(key: string, term: string): string {
  if (key.startsWith('field')) return `${key} is no name of a field; write for example field.order.id:4711.`;
  const known = [...Object.keys(plainLogKeys), 'field.<name>'];
  const near = nearestName(key.toLowerCase(), known);
  const quoted = `"${term.replace(/^-/, '')}"`;
  return `There is no key ${key || 'without a name'}; did you mean ${near}? Keys: ${known.join(', ')}. To look for the text itself, write ${quoted}.`;
}

/** A query as text in its usual form; reads back as the same query. */
export const formatLogQuery = ({ terms }: LogQuery): string => terms.map(formatLogTerm).join(' ');

/** One term as text. */
export function formatLogTerm(term: LogTerm): string {
  const sign = term.negated ? '-' : '';
  if (term.key === 'text') return sign + textOf(term.value.text);
  return `${sign}${term.key === 'field' ? `field.${term.path}` : term.key}:${formatValue(term.value)}`;
}

/** Bare where it is read back as it is. */
const textOf = (text: string): string => (/^-|[\s":()\\]/.test(text) ? `"${text.replace(/["\\]/g, '\\$&')}"` : text);
