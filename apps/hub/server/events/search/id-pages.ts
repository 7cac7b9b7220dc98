import type { Id } from '@nexomatic/contracts/id';
import { BulkResult } from '@nexomatic/db/entities/bulk-result';
import { EventRerun } from '@nexomatic/db/entities/event-rerun';
import { EventSearchValue } from '@nexomatic/db/entities/event-search-value';
import type { ValueCondition } from '@nexomatic/db/event-conditions';
import { maxSearchValue, pathHash } from '@nexomatic/db/ledger/search-values';
import { likeText } from '@nexomatic/db/like';
import type { EntityManager, FilterQuery } from '@nexomatic/db/query';
import type { IdPage } from './walk.ts';

/** Pages of ids from the tables that lead to events, each along an index that holds them in their order. */

type MaybeId = Id<'event'> | null;

/** A page that is full goes on behind its last; one that isn't is the end, or came as far as it looked. */
const page = (ids: Id<'event'>[], most: number, end: MaybeId = null) => ({
  ids,
  to: ids.length < most ? end : (ids.at(-1) ?? end),
});

/** Re-runs of an event. */
export const rerunPage =
  (em: EntityManager, rerunOf: Id<'event'>): IdPage =>
  async (before, { most }) => {
    const where = { rerunOf, ...(before ? { eventId: { $lt: before } } : {}) };
    const rows = await em.find(EventRerun, where, { fields: ['eventId'], orderBy: { eventId: 'desc' }, limit: most });
    return page(
      rows.map(({ eventId }) => eventId),
      most,
    );
  };

/** What a bulk job made or cancelled. */
export const bulkPage =
  (em: EntityManager, bulkJobId: Id<'bulkJob'>): IdPage =>
  async (before, { most }) => {
    const where = { bulkJobId, resultEventId: before ? { $lt: before } : { $ne: null } };
    const options = { orderBy: { resultEventId: 'desc' }, limit: most } as const;
    const rows = await em.find(BulkResult, where, options);
    return page(
      rows.flatMap(({ resultEventId }) => (resultEventId ? [resultEventId] : [])),
      most,
    );
  };

/** Events with exactly this value at a search key. */
export const valuePage =
  (em: EntityManager, path: string, value: string): IdPage =>
  async (before, { most }) => {
    const where = { pathHash: pathHash(path), value: value.slice(0, maxSearchValue), ...range(before, null) };
    const options = { fields: ['eventId'], orderBy: { eventId: 'desc' }, limit: most, indexHint: byValue } as const;
    const rows = await em.find(EventSearchValue, where, options);
    return page(
      rows.map(({ eventId }) => eventId),
      most,
    );
  };

const byValue = 'force index (event_search_values_by_value)';

/** Events with one of these values at a search key, looked for among all that have any. */
export const valuesPage =
  (em: EntityManager, path: string, conditions: ValueCondition[]): IdPage =>
  async (before, { look, most }) => {
    const options = {
      fields: ['eventId'],
      orderBy: { eventId: 'desc' },
      indexHint: 'force index (primary)',
    } as const;
    const all = { pathHash: pathHash(path), ...range(before, null) };
    const [end] = await em.find(EventSearchValue, all, { ...options, limit: 1, offset: look - 1 });
    const to = end?.eventId ?? null;
    const near = { pathHash: pathHash(path), ...range(before, to), $or: conditions.map(toFilter) };
    const rows = await em.find(EventSearchValue, near, { ...options, limit: most });
    return page(
      rows.map(({ eventId }) => eventId),
      most,
      to,
    );
  };

const range = (before: MaybeId, from: MaybeId) =>
  before || from ? { eventId: { ...(before ? { $lt: before } : {}), ...(from ? { $gte: from } : {}) } } : {};

function toFilter(condition: ValueCondition): FilterQuery<EventSearchValue> {
  switch (condition.kind) {
    case 'equal':
      return { value: condition.value.slice(0, maxSearchValue) };
    case 'prefix':
      return { value: { $like: `${likeText(condition.value.slice(0, maxSearchValue))}%` } };
    case 'above':
      return { number: { $gt: condition.number } };
    case 'below':
      return { number: { $lt: condition.number } };
    case 'between':
      return { number: { $gte: condition.low, $lte: condition.high } };
    case 'present':
      return {};
  }
}
