import type { EventState } from '@nexomatic/contracts/event-state';

/** The filter of the events list exactly as the address says it. Every part of it can be linked, kept and gone back to. */
export interface ListFilter {
  states: EventState[];
  type: string;
  range: RangeName | 'custom';
  /** Bounds of a custom range as a date-time field gives them, read as UTC: `2026-11-24T12:00`. */
  from: string;
  to: string;
  cursor: string;
}

export const stateNames = ['QUEUED', 'RUNNING', 'SUCCESS', 'WARNING', 'ERROR'] as const satisfies EventState[];

const minute = 60_000;
/** How far back the list reaches. `all` has no bound. */
export const ranges = {
  '15m': { word: '15 minutes', ms: 15 * minute },
  '1h': { word: '1 hour', ms: 60 * minute },
  '24h': { word: '24 hours', ms: 24 * 60 * minute },
  '7d': { word: '7 days', ms: 7 * 24 * 60 * minute },
  '30d': { word: '30 days', ms: 30 * 24 * 60 * minute },
  all: { word: 'Any time', ms: null },
} as const;
export type RangeName = keyof typeof ranges;
export const defaultRange: RangeName = '24h';

const isRange = (text: string): text is RangeName => Object.hasOwn(ranges, text);
const dateTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/;

/** Reads an address; what it doesn't understand counts as not there. */
export function readFilter(search: URLSearchParams): ListFilter {
  const states = search.getAll('state').flatMap((text) => text.toUpperCase().split(','));
  const from = dateTimeOf(search.get('from'));
  const to = dateTimeOf(search.get('to'));
  const range = search.get('range') ?? '';
  return {
    states: stateNames.filter((state) => states.includes(state)),
    type: (search.get('type') ?? '').trim().slice(0, 100),
    range: from || to ? 'custom' : isRange(range) ? range : defaultRange,
    from,
    to,
    cursor: (search.get('cursor') ?? '').slice(0, 200),
  };
}

const dateTimeOf = (text: string | null): string =>
  text !== null && dateTime.test(text) && !Number.isNaN(Date.parse(`${text}Z`)) ? text : '';

/** The query of an address with that filter; parts that have their default are left out. */
export function filterQuery(filter: ListFilter, change: Partial<ListFilter> = {}): string {
  // Another filter is another list: its pages begin at the newest again.
  const next = { ...filter, cursor: '', ...change };
  const search = new URLSearchParams();
  for (const state of next.states) search.append('state', state.toLowerCase());
  if (next.type) search.set('type', next.type);
  if (next.range === 'custom') {
    if (next.from) search.set('from', next.from);
    if (next.to) search.set('to', next.to);
  } else if (next.range !== defaultRange) search.set('range', next.range);
  if (next.cursor) search.set('cursor', next.cursor);
  const text = search.toString();
  return text ? `?${text}` : '';
}

/** Events on one page. */
export const pageSize = 50;

/** What the hub is asked for. */
export function listInput(filter: ListFilter, now: number) {
  const span = filter.range === 'custom' ? null : ranges[filter.range].ms;
  const since = filter.range === 'custom' ? instantOf(filter.from) : span === null ? undefined : isoOf(now - span);
  const until = filter.range === 'custom' ? instantOf(filter.to) : undefined;
  return {
    ...(filter.states.length > 0 ? { state: filter.states } : {}),
    ...(filter.type ? { type: filter.type } : {}),
    ...(since ? { since } : {}),
    ...(until ? { until } : {}),
    ...(filter.cursor ? { cursor: filter.cursor } : {}),
    limit: pageSize,
  };
}

const isoOf = (ms: number): string => new Date(ms).toISOString();
const instantOf = (text: string): string | undefined => (text ? isoOf(Date.parse(`${text}Z`)) : undefined);

/** Whether anything but the page is narrowed beyond the default. */
export const isNarrowed = (filter: ListFilter): boolean =>
  filter.states.length > 0 || filter.type !== '' || filter.range !== 'all';
