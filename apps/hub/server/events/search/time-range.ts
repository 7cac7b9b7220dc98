import { type Id, lowestIdAt } from '@nexomatic/contracts/id';
import type { Event } from '@nexomatic/db/entities/event';
import type { FilterQuery } from '@nexomatic/db/query';
import type { SearchFilter } from './search-filter.ts';

export interface TimeRange {
  conditions: FilterQuery<Event>[];
  /** Bounds of ids: no older and only older events. */
  from: Id<'event'> | null;
  before: Id<'event'> | null;
}

/** An id begins with the time it was made at, which may be off from `created_at` by as much as two clocks differ. */
const clockSlackMs = 2 * 60_000;

/** ISO 8601; a bound that is left out is none. */
export interface TimeBounds {
  since?: string | undefined;
  until?: string | undefined;
}

/** What is left between bounds that must all hold: the latest beginning and the earliest end. */
export function boundsOf(...all: TimeBounds[]): { since: Date | null; until: Date | null } {
  const sinces = all.flatMap(({ since }) => (since === undefined ? [] : [Date.parse(since)]));
  const untils = all.flatMap(({ until }) => (until === undefined ? [] : [Date.parse(until)]));
  return {
    since: sinces.length > 0 ? new Date(Math.max(...sinces)) : null,
    until: untils.length > 0 ? new Date(Math.min(...untils)) : null,
  };
}

/** Exact by `created_at`, and by id as well, so that the time range bounds what is read of the index. */
export function timeRange(bounds: TimeBounds, filter: SearchFilter): TimeRange {
  const { since, until } = boundsOf(bounds, filter);
  const conditions: FilterQuery<Event>[] = [];
  let from: Id<'event'> | null = null;
  let before: Id<'event'> | null = null;
  if (since) {
    from = lowestIdAt('event', since.getTime() - clockSlackMs);
    conditions.push({ createdAt: { $gte: since }, id: { $gte: from } });
  }
  if (until) {
    before = lowestIdAt('event', until.getTime() + clockSlackMs);
    conditions.push({ createdAt: { $lt: until } });
  }
  return { conditions, from, before };
}
