import { type Id, idFromBytes } from '@nexomatic/contracts/id';
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
    from = idAt(at - clockSlackMs);
    conditions.push({ createdAt: { $gte: new Date(at) }, id: { $gte: from } });
  }
  if (untils.length > 0) {
    const at = Math.min(...untils);
    before = idAt(at + clockSlackMs);
    conditions.push({ createdAt: { $lt: new Date(at) } });
  }
  return { conditions, from, before };
}

/** The lowest id that an event of that millisecond can have: UUIDv7 begins with 48 bits of it. */
function idAt(ms: number): Id<'event'> {
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(Math.min(Math.max(ms, 0), 2 ** 48 - 1), 0, 6);
  return idFromBytes('event', bytes);
}
