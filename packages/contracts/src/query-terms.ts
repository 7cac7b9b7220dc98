import type { KeyRule } from './event-query-keys.ts';
import { splitTerms, type WrittenTerm } from './event-query-split.ts';
import { Misread, type QueryFault, type QueryValue } from './event-query-value.ts';

/** What queries of events and of logs have in common: how terms stand in a text, and how they bound the time. */

export const maxQueryLength = 2_000;
const maxTerms = 50;

export interface ReadTerms<Term> {
  terms: Term[];
  faults: QueryFault[];
}

/** Reads a query term by term; every term that can not be read is a fault with its place. */
export function readTerms<Term>(
  text: string,
  read: (written: WrittenTerm) => Term,
  ruleOf: (key: string) => KeyRule | null,
): ReadTerms<Term> {
  if (text.length > maxQueryLength)
    return refused(maxQueryLength, text.length, `A query has at most ${maxQueryLength} characters.`);
  const written = splitTerms(text);
  const extra = written[maxTerms];
  if (extra) return refused(extra.at, text.length, `A query has at most ${maxTerms} terms.`);
  const faults: QueryFault[] = [];
  const terms: Term[] = [];
  const times = new Map<string, WrittenTerm>();
  for (const term of written) {
    try {
      terms.push(read(term));
      if (term.key !== null && ruleOf(term.key)?.time) checkTime(term, term.key, times);
    } catch (error) {
      if (!(error instanceof Misread)) throw error;
      faults.push(error.fault);
    }
  }
  return { terms, faults };
}

const refused = (at: number, end: number, message: string) => ({
  terms: [],
  faults: [{ at, length: end - at, message }],
});

/** One time range: each bound once, and `since` not beside `from`. */
function checkTime({ at, text, value }: WrittenTerm, key: string, times: Map<string, WrittenTerm>): void {
  if (times.has(key)) throw new Misread(at, text.length, `${key} stands here twice.`);
  const other = key === 'since' ? times.get('from') : key === 'from' ? times.get('since') : undefined;
  if (other) throw new Misread(at, text.length, `Either since or from: ${other.text} is there already.`);
  times.set(key, { at, text, negated: false, key, keyAt: at, value, valueAt: at });
  const [from, to] = [times.get('from')?.value, times.get('to')?.value];
  if (from && to && Date.parse(from) >= Date.parse(to)) {
    throw new Misread(at, text.length, 'The range ends before it begins: to has to be later than from.');
  }
}

const unitMs = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** The time range that a query names, as instants: created at or after `since`, and before `until`. */
export function timeBoundsOf(
  { terms }: { terms: readonly { key: string; value: QueryValue }[] },
  nowMs: number,
): { since?: string; until?: string } {
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
