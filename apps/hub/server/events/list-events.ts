import type { ListedEvents } from '@nexomatic/contracts/event-api';
import type { EventState } from '@nexomatic/contracts/event-state';
import { type Id, idFromBytes } from '@nexomatic/contracts/id';
import type { Database } from '@nexomatic/db/database';
import { Event } from '@nexomatic/db/entities/event';
import { EventType } from '@nexomatic/db/entities/event-type';
import { eventWalks } from '@nexomatic/db/event-walks';
import type { EntityManager, FilterQuery } from '@nexomatic/db/query';
import { fromCursor, toCursor } from './cursor.ts';
import { type SummaryRow, summaryFields, toSummaries } from './summaries.ts';

export interface EventFilter {
  state?: EventState[] | undefined;
  /** Name of an event type. */
  type?: string | undefined;
  /** ISO 8601. */
  since?: string | undefined;
  until?: string | undefined;
  limit: number;
  cursor?: string | undefined;
}

export type EventPage = ListedEvents;

/** One page of a tenant's events, newest first. Paging is by key, so a page costs the same however far back it lies. */
export async function listEvents(
  { db }: { db: Database },
  tenantId: Id<'tenant'>,
  filter: EventFilter,
): Promise<EventPage> {
  const em = db.tenantEm(tenantId);
  const before = filter.cursor === undefined ? undefined : fromCursor(filter.cursor);
  const where: FilterQuery<Event>[] = timeConditions(filter);
  if (before) where.push({ id: { $lt: before } });
  let eventTypeId: Id<'eventType'> | undefined;
  if (filter.type !== undefined) {
    const type = await em.findOne(EventType, { name: filter.type }, { fields: ['id'] });
    if (!type) return { events: [], nextCursor: null, searchedTo: null, hint: null };
    eventTypeId = type.id;
  }
  // One more than asked for says whether there is a next page.
  const rows = await newest(em, where, { states: filter.state ?? [], eventTypeId }, filter.limit + 1);
  const page = rows.slice(0, filter.limit);
  const last = page.at(-1);
  return {
    events: await toSummaries(em, page),
    nextCursor: last && rows.length > page.length ? toCursor(last.id) : null,
    searchedTo: null,
    hint: null,
  };
}

/**
 * The newest of every walk along an index, merged: see `eventWalks` for why there may be several. By id, because an event
 * that changes its state meanwhile is met by two of them.
 */
async function newest(
  em: EntityManager,
  where: FilterQuery<Event>[],
  filter: Parameters<typeof eventWalks>[0],
  limit: number,
): Promise<SummaryRow[]> {
  const found = new Map<string, SummaryRow>();
  for (const walk of eventWalks(filter)) {
    const { indexHint } = walk;
    const options = { fields: summaryFields, orderBy: { id: 'desc' }, limit, indexHint } as const;
    const rows = await em.find(Event, { $and: [...where, walk.where] }, options);
    for (const row of rows) found.set(row.id, row);
  }
  return [...found.values()].sort((a, b) => (a.id < b.id ? 1 : -1)).slice(0, limit);
}

/** An id begins with the time it was made at, which may be off from `created_at` by as much as two clocks differ. */
const clockSlackMs = 10 * 60_000;

/** Exact by `created_at`, and by id as well, so that the time range bounds what is read of the index. */
function timeConditions({ since, until }: EventFilter): FilterQuery<Event>[] {
  const conditions: FilterQuery<Event>[] = [];
  if (since !== undefined) {
    const at = new Date(since);
    conditions.push({ createdAt: { $gte: at }, id: { $gte: idAt(at.getTime() - clockSlackMs) } });
  }
  if (until !== undefined) {
    const at = new Date(until);
    conditions.push({ createdAt: { $lt: at }, id: { $lt: idAt(at.getTime() + clockSlackMs) } });
  }
  return conditions;
}

/** The lowest id that an event of that millisecond can have: UUIDv7 begins with 48 bits of it. */
function idAt(ms: number): Id<'event'> {
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(Math.min(Math.max(ms, 0), 2 ** 48 - 1), 0, 6);
  return idFromBytes('event', bytes);
}
