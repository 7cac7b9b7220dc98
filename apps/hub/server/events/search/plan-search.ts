import type { QueryTerm } from '@nexomatic/contracts/event-query';
import type { EventState } from '@nexomatic/contracts/event-state';
import type { Id } from '@nexomatic/contracts/id';
import { timeBoundsOf } from '@nexomatic/contracts/query-terms';
import type { Event } from '@nexomatic/db/entities/event';
import { EventType } from '@nexomatic/db/entities/event-type';
import { eventWalks, type IndexedColumn, type IndexedConditions } from '@nexomatic/db/event-walks';
import type { EntityManager, FilterQuery } from '@nexomatic/db/query';
import { flagConditions, isNoneOf, isOneOf, said, statesOf, textsOf } from './column-conditions.ts';
import { type Driver, drivenConditions } from './drivers.ts';
import { type Named, namedConditions } from './named-conditions.ts';
import { checkPaths, readQuery } from './read-query.ts';
import type { SearchFilter } from './search-filter.ts';
import { timeRange } from './time-range.ts';
import { type Conditions, idWalk, tableWalk, type Walk } from './walk.ts';

export interface SearchPlan {
  /** None when nothing can be found; `hint` says why, if there is a reason to tell. */
  walks: Walk[];
  hint: string | null;
  /** Bounds of ids by the time range. */
  before: Id<'event'> | null;
  from: Id<'event'> | null;
}

/** How the events of a filter are searched for. Refuses a query that can't be read. */
export async function planSearch(em: EntityManager, filter: SearchFilter, now: number): Promise<SearchPlan> {
  const text = filter.q ?? '';
  const terms = readQuery(text, filter.field);
  const keys = terms.some(({ key }) => key === 'payload') ? await searchKeys(em) : new Map<string, Id<'eventType'>[]>();
  checkPaths(text, terms, new Set(keys.keys()), filter.field);
  const names = await namedConditions(em, terms, filter);
  const time = timeRange(timeBoundsOf({ terms }, now), filter);
  const indexed = indexedConditions(terms, filter, names.indexed);
  const hint = names.unknown.join(' ') || null;
  const empty = Object.values(indexed).some((values) => values !== null && values.length === 0);
  if (empty || names.nothing) return { walks: [], hint, before: null, from: null };
  const driven = drivenConditions(em, terms, (path) => keys.get(path) ?? []);
  const rest = [
    ...names.rest,
    ...columnConditions(terms),
    ...flagConditions(terms),
    ...driven.rest,
    ...(filter.also ?? []),
  ];
  return {
    walks: walksOf(em, indexed, driven.drivers, { time: time.conditions, rest }),
    hint,
    before: time.before,
    from: time.from,
  };
}

/** Search keys of the tenant, each with the event types that declare it. */
async function searchKeys(em: EntityManager): Promise<Map<string, Id<'eventType'>[]>> {
  const types = await em.find(EventType, { searchKeys: { $ne: '[]' } }, { fields: ['id', 'searchKeys'] });
  const pairs = types.flatMap(({ id, searchKeys }) =>
    (JSON.parse(searchKeys) as string[]).map((path) => ({ path, id })),
  );
  return new Map([...Map.groupBy(pairs, ({ path }) => path)].map(([path, group]) => [path, group.map(({ id }) => id)]));
}

function indexedConditions(terms: QueryTerm[], filter: SearchFilter, named: Named['indexed']): IndexedConditions {
  const ids = (key: 'id' | 'parent' | 'root') => {
    const { texts, none } = textsOf(said(terms, key).wanted);
    return texts.length > 0 && !none ? ([...new Set(texts)] as Id<'event'>[]) : null;
  };
  const state = statesOf(said(terms, 'state'), filter.state) ?? statesOfReasons(terms);
  return { ...named, id: ids('id'), parentId: ids('parent'), rootId: ids('root'), state };
}

/** An event has a reason only while it waits, or because it did not end well. */
function statesOfReasons(terms: QueryTerm[]): EventState[] | null {
  const { texts, none } = textsOf(said(terms, 'reason').wanted);
  return texts.length > 0 && !none ? ['QUEUED', 'WARNING', 'ERROR'] : null;
}

/** `reason:`, and what is left of `id:`, `parent:` and `root:`. */
function columnConditions(terms: QueryTerm[]): FilterQuery<Event>[] {
  const conditions: FilterQuery<Event>[] = [];
  for (const [key, column] of [
    ['reason', 'reason'],
    ['parent', 'parentId'],
  ] as const) {
    const { wanted, unwanted } = said(terms, key);
    const { texts, none } = textsOf(wanted);
    if (none || (key === 'reason' && texts.length > 0)) conditions.push(isOneOf(column, texts, none));
    const not = textsOf(unwanted);
    conditions.push(...isNoneOf(column, not.texts, not.none));
  }
  const notIds = textsOf(said(terms, 'id').unwanted).texts as Id<'event'>[];
  const notRoots = textsOf(said(terms, 'root').unwanted).texts as Id<'event'>[];
  if (notIds.length > 0) conditions.push({ id: { $nin: notIds } });
  if (notRoots.length > 0) conditions.push({ rootId: { $nin: notRoots } });
  return conditions;
}

/** Few events first: named ones, then what another table leads to, then the indexes of types, sources and states. */
function walksOf(em: EntityManager, indexed: IndexedConditions, drivers: Driver[], more: Conditions): Walk[] {
  const { walks, answered } = eventWalks(indexed);
  const named = indexed.id ?? indexed.parentId ?? indexed.rootId;
  const [driver, ...others] = named ? [undefined, ...drivers] : drivers;
  const left = (Object.keys(indexed) as IndexedColumn[]).flatMap((column): FilterQuery<Event>[] => {
    const values = indexed[column];
    return values && (driver || !answered.includes(column))
      ? [{ [column]: { $in: values } } as FilterQuery<Event>]
      : [];
  });
  const conditions = {
    time: more.time,
    rest: [...more.rest, ...left, ...others.flatMap((other) => (other ? [other.condition] : []))],
  };
  if (driver) return driver.pages.map((page) => idWalk(em, page, conditions));
  return walks.map((walk) => tableWalk(em, walk, conditions));
}
