import { isPlainKey, keyRule, type PlainKey, plainKeys } from './event-query-keys.ts';
import type { WrittenTerm } from './event-query-split.ts';
import { formatValue, Misread, type QueryFault, type QueryValue, readValue } from './event-query-value.ts';
import { nearestName } from './nearest-name.ts';
import { readTerms } from './query-terms.ts';

/**
 * The query of the events list, the same in the address, in the API and in saved views:
 *
 *     query = term { " " term }         the same key twice: either; different keys: all of them
 *     term  = ["-"] key ":" value       "-": none of these
 *     key   = state reason type source sink schedule id parent root is has rerun bulk payload.<path> since from to
 *     value = text | text* | >n | <n | a..b | (a,b,c) | null | "quoted text"
 *
 * Comparisons leave their bound out (`>n`, `<n`), ranges hold both. Names, words and ids are read without regard to case
 * only where the words are fixed (`state:ERROR`).
 */
export interface EventQuery {
  terms: QueryTerm[];
}
export type QueryTerm = PlainTerm | PayloadTerm;
export interface PlainTerm {
  key: PlainKey;
  negated: boolean;
  value: QueryValue;
}
export interface PayloadTerm {
  key: 'payload';
  path: string;
  negated: boolean;
  value: QueryValue;
}

export type ParsedQuery = { ok: true; query: EventQuery } | { ok: false; faults: QueryFault[] };

/** Reads a query; every term that can not be read is a fault with its place. */
export function parseEventQuery(text: string): ParsedQuery {
  const { terms, faults } = readTerms(text, readTerm, keyRule);
  return faults.length > 0 ? { ok: false, faults } : { ok: true, query: { terms } };
}

function readTerm({ at, text, negated, key, keyAt, value, valueAt }: WrittenTerm): QueryTerm {
  if (key === null)
    throw new Misread(at, text.length, `${text} is no filter: write key:value, for example type:${plain(text)}.`);
  const rule = keyRule(key);
  if (!rule) throw new Misread(keyAt, key.length, unknownKey(key));
  if (value === '') throw new Misread(at, text.length, `${key} needs a value, for example ${rule.sample}.`);
  if (negated && rule.time) throw new Misread(at, 1, `A time can not be excluded; write for example ${rule.sample}.`);
  const read = readValue(value, valueAt, key, rule);
  return isPlainKey(key) ? { key, negated, value: read } : { key: 'payload', path: key.slice(8), negated, value: read };
}

const plain = (text: string): string => text.replace(/^-|["()*]/g, '') || 'deploy.app';

function unknownKey(key: string): string {
  if (key.startsWith('payload')) {
    return `${key} is no path into a payload; write for example payload.order.id:4711.`;
  }
  const known = [...Object.keys(plainKeys), 'payload.<path>'];
  const near = nearestName(key.toLowerCase(), known);
  return `There is no key ${key || 'without a name'}; did you mean ${near}? Keys: ${known.join(', ')}.`;
}

/** A query as text in its usual form; reads back as the same query. */
export const formatEventQuery = ({ terms }: EventQuery): string => terms.map(formatTerm).join(' ');

/** One term as text. */
export function formatTerm(term: QueryTerm): string {
  const key = term.key === 'payload' ? `payload.${term.path}` : term.key;
  return `${term.negated ? '-' : ''}${key}:${formatValue(term.value)}`;
}
