import {
  type EventQuery,
  formatEventQuery,
  formatTerm,
  parseEventQuery,
  type QueryTerm,
} from '@nexomatic/contracts/event-query';
import { timeBoundsOf } from '@nexomatic/contracts/query-terms';
import { textTerm } from './edit-query.ts';

/** The events list exactly as its address says it: what is filtered, which page, and which saved view it began as. */
export interface ListAddress {
  /** The query as text; it may be one that can't be read. */
  text: string;
  cursor: string;
  /** Id of a saved view; empty when none was opened. */
  view: string;
}

/** An address without a query shows what was fired from outside, and leaves out the steps that followed on it. */
const defaultText = 'is:root';

/** How far back a query without a time of its own looks. */
export const defaultSince = '24h';

/** Events on one page. */
export const pageSize = 50;

/** Reads the query of an address. */
export function readAddress(search: URLSearchParams): ListAddress {
  return {
    text: (search.get('q') ?? defaultText).trim(),
    cursor: (search.get('cursor') ?? '').slice(0, 200),
    view: (search.get('view') ?? '').slice(0, 40),
  };
}

/** The query of an address; empty for the list as it opens by itself. */
export function addressOf({ text, cursor = '', view = '' }: Partial<ListAddress> & { text: string }): string {
  const search = new URLSearchParams();
  if (text !== defaultText) search.set('q', text);
  if (view) search.set('view', view);
  if (cursor) search.set('cursor', cursor);
  const query = search.toString();
  return query === '' ? '' : `?${query}`;
}

/** A link within the list's own page. */
export const linkTo = (query: EventQuery, more: Partial<ListAddress> = {}): string =>
  addressOf({ ...more, text: formatEventQuery(query) }) || '.';

/** The query itself; one without terms for a text that can't be read. */
export function queryOf(text: string): EventQuery {
  const parsed = parseEventQuery(text);
  return parsed.ok ? parsed.query : { terms: [] };
}

const isTime = ({ key }: QueryTerm): boolean => key === 'since' || key === 'from' || key === 'to';

/** The terms that bound the time. */
export const timeTerms = ({ terms }: EventQuery): QueryTerm[] => terms.filter(isTime);

/** The query with that time in place of its own; without one, the last day holds. */
export function withTime({ terms }: EventQuery, time: QueryTerm[]): EventQuery {
  const [only] = time;
  const usual =
    time.length === 1 && only?.key === 'since' && only.value.kind === 'text' && only.value.text === defaultSince;
  return { terms: [...terms.filter((term) => !isTime(term)), ...(usual ? [] : time)] };
}

export const sinceTerm = (span: string): QueryTerm => textTerm('since', span);

/** What the hub is asked for: the query with the time that holds when it names none. */
export function askedText(query: EventQuery): string {
  const terms = timeTerms(query).length > 0 ? query.terms : [...query.terms, sinceTerm(defaultSince)];
  return formatEventQuery({ terms });
}

/** A query for a job that begins later: what reaches back from now is written as the time that this is. */
export function freezeQuery(query: EventQuery, nowMs: number): string {
  const { since } = timeBoundsOf(queryOf(askedText(query)), nowMs);
  const to = timeTerms(query).filter(({ key }) => key === 'to');
  return formatEventQuery(withTime(query, [...(since ? [textTerm('from', since)] : []), ...to]));
}

/** Where an address of the list's earlier form (`?state=error&type=x&range=7d`) leads now; null if it isn't one. */
export function redirectOf(search: URLSearchParams): string | null {
  if (search.has('q') || !['state', 'type', 'range', 'from', 'to'].some((name) => search.has(name))) return null;
  const terms: string[] = [];
  const states = search
    .getAll('state')
    .flatMap((text) => text.toLowerCase().split(','))
    .filter(Boolean);
  if (states.length > 0) terms.push(`state:${states.length > 1 ? `(${states.join(',')})` : states}`);
  const type = search.get('type')?.trim();
  if (type) terms.push(formatTerm(textTerm('type', type)));
  const range = search.get('range');
  if (range && range !== defaultSince) terms.push(`since:${range}`);
  for (const name of ['from', 'to']) {
    const text = search.get(name);
    if (text) terms.push(`${name}:${text}Z`);
  }
  return addressOf({ text: terms.join(' ') });
}
