import {
  formatLogQuery,
  formatLogTerm,
  type LogQuery,
  type LogTerm,
  parseLogQuery,
} from '@nexomatic/contracts/log-query';
import { timeBoundsOf } from '@nexomatic/contracts/query-terms';
import { defaultSince } from '../events/list-address.ts';
import { type TimeTerm, timeTerm } from '../events/time-range.tsx';

/** The page Logs exactly as its address says it. */
export interface LogsAddress {
  /** The query as text; it may be one that can't be read. */
  text: string;
  cursor: string;
  /** The record that is open beside the list, as `recordId` writes it. */
  row: string;
  /** New records come by themselves. */
  live: boolean;
}

/** Reads the query of an address. */
export function readLogsAddress(search: URLSearchParams): LogsAddress {
  return {
    text: (search.get('q') ?? '').trim(),
    cursor: (search.get('cursor') ?? '').slice(0, 200),
    row: (search.get('row') ?? '').slice(0, 80),
    live: search.get('live') !== 'off',
  };
}

/** The query of an address. */
export function logsHref({ text = '', cursor = '', row = '', live = true }: Partial<LogsAddress>): string {
  const search = new URLSearchParams();
  if (text) search.set('q', text);
  if (!live) search.set('live', 'off');
  if (cursor) search.set('cursor', cursor);
  if (row) search.set('row', row);
  const query = search.toString();
  return query === '' ? '.' : `?${query}`;
}

/** The query itself; one without terms for a text that can't be read. */
export function logQueryOf(text: string): LogQuery {
  const parsed = parseLogQuery(text);
  return parsed.ok ? parsed.query : { terms: [] };
}

const isTime = ({ key }: LogTerm): boolean => key === 'since' || key === 'from' || key === 'to';
export const logTimes = ({ terms }: LogQuery): LogTerm[] => terms.filter(isTime);

/** The query with that time in place of its own; the usual one is left out. */
export function withLogTime({ terms }: LogQuery, times: readonly TimeTerm[]): LogQuery {
  const [only] = times;
  const usual = times.length === 1 && only?.key === 'since' && only.value.text === defaultSince;
  return { terms: [...terms.filter((term) => !isTime(term)), ...(usual ? [] : times)] };
}

/** Only what the term asks for: it takes the place of others under its key, but for texts, which all hold. */
export function onlyTerm({ terms }: LogQuery, term: LogTerm): LogQuery {
  const same = (other: LogTerm): boolean => keyOf(other) === keyOf(term);
  if (term.key === 'text') return { terms: [...terms, term] };
  return { terms: [...terms.filter((other) => !same(other)), term] };
}

/** Everything but what the term asks for. */
export function withoutTerm({ terms }: LogQuery, term: LogTerm): LogQuery {
  const text = formatLogTerm(term);
  const others = terms.filter((other) => formatLogTerm({ ...other, negated: false }) !== text);
  return { terms: [...others, { ...term, negated: true }] };
}

const keyOf = (term: LogTerm): string => (term.key === 'field' ? `field.${term.path}` : term.key);

/** What the hub is asked for: the query with the time that holds when it names none. */
export function askedLogText(query: LogQuery): string {
  return formatLogQuery(
    logTimes(query).length > 0 ? query : { terms: [...query.terms, timeTerm('since', defaultSince)] },
  );
}

/** How far back a chart reaches when the query does not bound the time. */
const chartDays = 30;

/** The range that the chart shows, as instants. */
export function chartRange(query: LogQuery, nowMs: number): { since: string; until: string } {
  const { since, until } = timeBoundsOf(logQueryOf(askedLogText(query)), nowMs);
  const end = until ?? new Date(nowMs).toISOString();
  return { since: since ?? new Date(Date.parse(end) - chartDays * 86_400_000).toISOString(), until: end };
}

interface Placed {
  event: string;
  attempt: number;
  seq: number;
  line: number;
}

/** A record's place as one word, for addresses and keys. */
export const recordId = ({ event, attempt, seq, line }: Placed): string => `${event}.${attempt}.${seq}.${line}`;

/** Where the record stands in its event's log. */
export const logLineHref = (tenant: string, { event, attempt, seq, line }: Placed): string =>
  `/t/${tenant}/events/${event}?tab=log&attempt=${attempt}&at=${seq}.${line}`;
