import { type OverviewRange, overviewRanges } from '@nexomatic/contracts/overview-api';

/** The time range as the address says it: `?range=7d`. */
const defaultRange: OverviewRange = '24h';

export const rangeWords: Record<OverviewRange, string> = { '1h': 'hour', '24h': '24 hours', '7d': '7 days' };
export const rangeNames = Object.keys(overviewRanges) as OverviewRange[];

export function readRange(search: URLSearchParams): OverviewRange {
  const asked = search.get('range');
  return rangeNames.find((range) => range === asked) ?? defaultRange;
}

export const rangeHref = (range: OverviewRange): string => (range === defaultRange ? '.' : `?range=${range}`);

/** The list of events by a query of its grammar. */
export const eventsHref = (tenant: string, query: string): string =>
  `/t/${tenant}/events?${new URLSearchParams({ q: query })}`;

/** The widest range, for a page that shows nothing; null when it is that already. */
export const widerRange = (range: OverviewRange): OverviewRange | null =>
  rangeNames[rangeNames.indexOf(range) + 1] ?? null;
