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

/** Exact by `created_at`, and by id as well, so that the time range bounds what is read of the index. */
export function timeRange(bounds: { since?: string; until?: string }, filter: SearchFilter): TimeRange {
  const sinces = [bounds.since, filter.since].flatMap((at) => (at === undefined ? [] : [Date.parse(at)]));
  const untils = [bounds.until, filter.until].flatMap((at) => (at === undefined ? [] : [Date.parse(at)]));
  const conditions: FilterQuery<Event>[] = [];
  let from: Id<'event'> | null = null;
  let before: Id<'event'> | null = null;
  if (sinces.length > 0) {
    const at = Math.max(...sinces);
    from = lowestIdAt('event', at - clockSlackMs);
    conditions.push({ createdAt: { $gte: new Date(at) }, id: { $gte: from } });
  }
  if (untils.length > 0) {
    const at = Math.min(...untils);
    before = lowestIdAt('event', at + clockSlackMs);
    conditions.push({ createdAt: { $lt: new Date(at) } });
  }
  return { conditions, from, before };
}
