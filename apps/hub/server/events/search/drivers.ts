import type { QueryTerm } from '@nexomatic/contracts/event-query';
import type { QueryValue } from '@nexomatic/contracts/event-query-value';
import type { Id } from '@nexomatic/contracts/id';
import type { Event } from '@nexomatic/db/entities/event';
import { hasSearchValue, isOfBulk, type ValueCondition } from '@nexomatic/db/event-conditions';
import type { EntityManager, FilterQuery } from '@nexomatic/db/query';
import { isNoneOf, isOneOf, said, textsOf } from './column-conditions.ts';
import { bulkPage, rerunPage, valuePage, valuesPage } from './id-pages.ts';
import type { IdPage } from './walk.ts';

/** A condition that another table leads to: by its pages of ids, or looked at event by event. */
export interface Driver {
  pages: IdPage[];
  condition: FilterQuery<Event>;
}

export interface Driven {
  /** The best one to drive the search comes first. */
  drivers: Driver[];
  rest: FilterQuery<Event>[];
}

/** What `rerun:`, `bulk:` and `payload.<path>:` ask for. */
export function drivenConditions(
  em: EntityManager,
  terms: QueryTerm[],
  typesWith: (path: string) => Id<'eventType'>[],
): Driven {
  const drivers: Driver[] = [];
  const wide: Driver[] = [];
  const rest: FilterQuery<Event>[] = [];

  const rerun = said(terms, 'rerun');
  const originals = textsOf(rerun.wanted).texts as Id<'event'>[];
  if (originals.length > 0) {
    const pages = originals.map((id) => rerunPage(em, id));
    drivers.push({ pages, condition: isOneOf('rerunOf', originals, false) });
  }
  rest.push(...isNoneOf('rerunOf', textsOf(rerun.unwanted).texts, false));

  const bulk = said(terms, 'bulk');
  const jobs = textsOf(bulk.wanted).texts as Id<'bulkJob'>[];
  if (jobs.length > 0) drivers.push({ pages: jobs.map((id) => bulkPage(em, id)), condition: isOfBulk(jobs, false) });
  const otherJobs = textsOf(bulk.unwanted).texts as Id<'bulkJob'>[];
  if (otherJobs.length > 0) rest.push(isOfBulk(otherJobs, true));

  const inPayload = terms.filter((term) => term.key === 'payload');
  for (const [path, group] of Map.groupBy(inPayload, (term) => term.path)) {
    const wanted = group.filter(({ negated }) => !negated).map(({ value }) => value);
    const unwanted = group.filter(({ negated }) => negated).map(({ value }) => value);
    if (wanted.length > 0) {
      const condition = anyValue(path, wanted, typesWith(path));
      const pages = pagesOf(em, path, wanted);
      if (!pages) rest.push(condition);
      else if (isWhole(wanted)) drivers.push({ pages, condition });
      else wide.push({ pages, condition });
    }
    for (const value of unwanted) rest.push(...noValue(path, value));
  }
  // What compares whole values leads to few events at once; the others are looked for among all that have the key.
  return { drivers: [...drivers, ...wide], rest };
}

const isWhole = (values: QueryValue[]): boolean => values.every(({ kind }) => kind === 'text' || kind === 'any');

/** Pages that lead to events with one of the values; null where events without the key are wanted, which stand nowhere. */
function pagesOf(em: EntityManager, path: string, values: QueryValue[]): IdPage[] | null {
  const { texts, none } = textsOf(values);
  if (none) return null;
  return isWhole(values)
    ? texts.map((text) => valuePage(em, path, text))
    : [valuesPage(em, path, values.flatMap(toConditions))];
}

function anyValue(path: string, values: QueryValue[], types: Id<'eventType'>[]): FilterQuery<Event> {
  const either = values.flatMap(toConditions).map((condition) => hasSearchValue(path, condition, false));
  // Only events of types with the key can lack a value there.
  const lacking = { $and: [{ eventTypeId: { $in: types } }, hasSearchValue(path, { kind: 'present' }, true)] };
  const none = values.some(({ kind }) => kind === 'null');
  return { $or: [...either, ...(none ? [lacking] : [])] } as FilterQuery<Event>;
}

function noValue(path: string, value: QueryValue): FilterQuery<Event>[] {
  if (value.kind === 'null') return [hasSearchValue(path, { kind: 'present' }, false)];
  return toConditions(value).map((condition) => hasSearchValue(path, condition, true));
}

function toConditions(value: QueryValue): ValueCondition[] {
  switch (value.kind) {
    case 'text':
      return [{ kind: 'equal', value: value.text }];
    case 'any':
      return value.texts.map((text) => ({ kind: 'equal', value: text }));
    case 'prefix':
      return [{ kind: 'prefix', value: value.text }];
    case 'above':
    case 'below':
      return [{ kind: value.kind, number: Number(value.number) }];
    case 'between':
      return [{ kind: 'between', low: Number(value.low), high: Number(value.high) }];
    case 'null':
      return [];
  }
}
