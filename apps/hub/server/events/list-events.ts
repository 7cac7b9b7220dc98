import type { Clock } from '@nexomatic/clock';
import type { EventSummary, ListedEvents } from '@nexomatic/contracts/event-api';
import { type Id, timeOfId } from '@nexomatic/contracts/id';
import type { Database } from '@nexomatic/db/database';
import { Event } from '@nexomatic/db/entities/event';
import type { EntityManager } from '@nexomatic/db/query';
import { fromCursor, toCursor } from './cursor.ts';
import { mergeWalks } from './search/merge-walks.ts';
import { planSearch } from './search/plan-search.ts';
import type { SearchFilter } from './search/search-filter.ts';
import { type SummaryRow, summaryFields, toSummaries } from './summaries.ts';
import { waitingOf } from './waiting-facts.ts';

export interface EventFilter extends SearchFilter {
  limit: number;
  cursor?: string | undefined;
  include?: 'waiting'[] | undefined;
}

interface Deps {
  db: Database;
  clock: Clock;
}

/** One page of a tenant's events, newest first. Paging is by key, so a page costs the same however far back it lies. */
export async function listEvents(deps: Deps, tenantId: Id<'tenant'>, filter: EventFilter): Promise<ListedEvents> {
  const em = deps.db.tenantEm(tenantId);
  const { rows, ...page } = await pageOfRows(em, deps.clock, filter);
  const events = await toSummaries(em, rows);
  if (!filter.include?.includes('waiting')) return { events, ...page };
  const waiting = await waitingOf(em, rows, deps.clock.now());
  return {
    events: events.map((event): EventSummary => ({ ...event, waiting: waiting.get(event.id) ?? null })),
    ...page,
  };
}

export interface RowPage extends Pick<ListedEvents, 'nextCursor' | 'searchedTo' | 'hint'> {
  rows: SummaryRow[];
}

/** The same as rows of the table. */
export async function pageOfRows(em: EntityManager, clock: Clock, filter: EventFilter): Promise<RowPage> {
  const { limit } = filter;
  const after = filter.cursor === undefined ? null : fromCursor(filter.cursor);
  const { walks, before, from, hint } = await planSearch(em, filter, clock.now());
  // One more than asked for says whether there is a next page.
  const options = { before: olderOf(after, before), from, want: limit + 1, monotonic: () => clock.monotonic() };
  const { ids, pausedAt } = await mergeWalks(walks, options);
  const rows = await rowsOf(em, ids.slice(0, limit));
  const last = ids[limit - 1];
  if (ids.length > limit && last) return { rows, nextCursor: toCursor(last), searchedTo: null, hint };
  const nextCursor = pausedAt && toCursor(pausedAt);
  return { rows, nextCursor, searchedTo: pausedAt && timeOfId(pausedAt).toISOString(), hint };
}

async function rowsOf(em: EntityManager, ids: Id<'event'>[]): Promise<SummaryRow[]> {
  if (ids.length === 0) return [];
  return em.find(Event, { id: { $in: ids } }, { fields: summaryFields, orderBy: { id: 'desc' } });
}

function olderOf(one: Id<'event'> | null, other: Id<'event'> | null): Id<'event'> | null {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
}
