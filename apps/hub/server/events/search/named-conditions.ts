import type { QueryTerm } from '@nexomatic/contracts/event-query';
import type { Id } from '@nexomatic/contracts/id';
import type { Event } from '@nexomatic/db/entities/event';
import type { IndexedConditions } from '@nexomatic/db/event-walks';
import type { EntityManager, FilterQuery } from '@nexomatic/db/query';
import { isNoneOf, isOneOf, said } from './column-conditions.ts';
import { type NamedId, type NamedKey, type Resolved, resolveNames } from './resolve-names.ts';
import type { SearchFilter } from './search-filter.ts';

export interface Named {
  indexed: Pick<IndexedConditions, 'eventTypeId' | 'sourceId'>;
  rest: FilterQuery<Event>[];
  unknown: string[];
  /** A name was wanted that nothing has. */
  nothing: boolean;
}

/** `type:`, `source:`, `sink:` and `schedule:`, and the parameters of the same names. */
export async function namedConditions(em: EntityManager, terms: QueryTerm[], filter: SearchFilter): Promise<Named> {
  const named: Named = { indexed: { eventTypeId: null, sourceId: null }, rest: [], unknown: [], nothing: false };
  for (const key of ['type', 'source', 'sink', 'schedule'] as const) {
    const { wanted, unwanted } = said(terms, key);
    const parameter = key === 'schedule' ? undefined : filter[key];
    const groups = [wanted, parameter === undefined ? [] : [{ kind: 'text' as const, text: parameter }]];
    for (const values of groups.filter((group) => group.length > 0))
      add(named, key, await resolveNames(em, key, values));
    const { ids, none } = await resolveNames(em, key, unwanted);
    if (key === 'type')
      named.rest.push(...(ids.length > 0 ? [{ eventTypeId: { $nin: ids as Id<'eventType'>[] } }] : []));
    else named.rest.push(...isNoneOf(columns[key], ids, none));
  }
  return named;
}

const columns = { source: 'sourceId', sink: 'sinkId', schedule: 'scheduleId' } as const;

function add<K extends NamedKey>(named: Named, key: K, { ids, none, unknown }: Resolved<NamedId<K>>): void {
  named.unknown.push(...unknown);
  if (ids.length === 0 && !none) named.nothing = true;
  else if (key === 'type') {
    const types = ids as Id<'eventType'>[];
    named.indexed.eventTypeId = named.indexed.eventTypeId?.filter((id) => types.includes(id)) ?? types;
  } else if (key === 'source' && !none && named.indexed.sourceId === null)
    named.indexed.sourceId = ids as Id<'source'>[];
  else if (key !== 'type') named.rest.push(isOneOf(columns[key as keyof typeof columns], ids, none));
}
