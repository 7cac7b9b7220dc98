import { isPlainKey, keyRule, type PlainKey, plainKeys } from './event-query-keys.ts';
import { splitTerms, type WrittenTerm } from './event-query-split.ts';
import { formatValue, Misread, type QueryFault, type QueryValue, readValue } from './event-query-value.ts';
import { nearestName } from './nearest-name.ts';

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

export const maxQueryLength = 2_000;
const maxTerms = 50;

/** Reads a query; every term that can not be read is a fault with its place. */
export function parseEventQuery(text: string): ParsedQuery {
  if (text.length > maxQueryLength)
    return refused(maxQueryLength, text.length, `A query has at most ${maxQueryLength} characters.`);
  const written = splitTerms(text);
  const extra = written[maxTerms];
  if (extra) return refused(extra.at, text.length, `A query has at most ${maxTerms} terms.`);
  const faults: QueryFault[] = [];
  const terms: QueryTerm[] = [];
  const times = new Map<string, WrittenTerm>();
  for (const term of written) {
    try {
      terms.push(readTerm(term));
      checkTime(term, times);
    } catch (error) {
      if (!(error instanceof Misread)) throw error;
      faults.push(error.fault);
    }
  }
  return faults.length > 0 ? { ok: false, faults } : { ok: true, query: { terms } };
}

const refused = (at: number, end: number, message: string): ParsedQuery => ({
  ok: false,
  faults: [{ at, length: end - at, message }],
});

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

/** One time range: each bound once, and `since` not beside `from`. */
function checkTime({ at, text, key, value }: WrittenTerm, times: Map<string, WrittenTerm>): void {
  if (key === null || !keyRule(key)?.time) return;
  if (times.has(key)) throw new Misread(at, text.length, `${key} stands here twice.`);
  const other = key === 'since' ? times.get('from') : key === 'from' ? times.get('since') : undefined;
  if (other) throw new Misread(at, text.length, `Either since or from: ${other.text} is there already.`);
  times.set(key, { at, text, negated: false, key, keyAt: at, value, valueAt: at });
  const [from, to] = [times.get('from')?.value, times.get('to')?.value];
  if (from && to && Date.parse(from) >= Date.parse(to)) {
    throw new Misread(at, text.length, 'The range ends before it begins: to has to be later than from.');
  }
}

/** A query as text in its usual form; reads back as the same query. */
export const formatEventQuery = ({ terms }: EventQuery): string => terms.map(formatTerm).join(' ');

/** One term as text. */
export function formatTerm(term: QueryTerm): string {
  const key = term.key === 'payload' ? `payload.${term.path}` : term.key;
  return `${term.negated ? '-' : ''}${key}:${formatValue(term.value)}`;
}

const unitMs = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** The time range that a query names, as instants: created at or after `since`, and before `until`. */
export function timeBoundsOf({ terms }: EventQuery, nowMs: number): { since?: string; until?: string } {
  const bounds: { since?: string; until?: string } = {};
  for (const { key, value } of terms) {
    if (value.kind !== 'text') continue;
    if (key === 'since' && value.text !== 'all') bounds.since = new Date(nowMs - spanMs(value.text)).toISOString();
    if (key === 'from') bounds.since = new Date(value.text).toISOString();
    if (key === 'to') bounds.until = new Date(value.text).toISOString();
  }
  return bounds;
}

/** Milliseconds of `15m`, `24h`, `7d`. */
const spanMs = (span: string): number => Number.parseInt(span, 10) * unitMs[span.slice(-1) as keyof typeof unitMs];
