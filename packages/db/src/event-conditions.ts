import { type FilterQuery, raw } from '@mikro-orm/core';
import { type Id, idToBytes } from '@nexomatic/contracts/id';
import type { Event } from './entities/event.ts';
import { maxSearchValue, pathHash } from './ledger/search-values.ts';
import { likeText } from './like.ts';

/**
 * Conditions on events that look into another table: a sub-query by primary key for each event that is looked at. The
 * tenant filter knows the outer table alone, so each of these joins its tenant by hand.
 */

const hex = (bytes: Uint8Array): string => `X'${Buffer.from(bytes).toString('hex')}'`;

/** `exists` of a sub-query that begins with `select 1 from <table> c where c.tenant_id = <event>.tenant_id and …`. */
function exists(table: string, rest: (event: string) => string, negated: boolean, params: unknown[] = []) {
  const text = (event: string) =>
    `(exists (select 1 from ${table} c where c.tenant_id = ${event}.tenant_id and ${rest(event)}))`;
  return { [raw(text, params)]: negated ? 0 : 1 } as FilterQuery<Event>;
}

/** Something followed on the event. */
export const hasChildren = (negated: boolean): FilterQuery<Event> =>
  exists('events', (event) => `c.parent_id = ${event}.id`, negated);

/** The event was run again. */
export const hasRerun = (negated: boolean): FilterQuery<Event> =>
  exists('event_reruns', (event) => `c.rerun_of = ${event}.id`, negated);

/** One of the bulk jobs made or cancelled the event. */
export function isOfBulk(jobs: readonly Id<'bulkJob'>[], negated: boolean): FilterQuery<Event> {
  const ids = jobs.map((job) => hex(idToBytes(job))).join(', ');
  return exists('bulk_results', (event) => `c.bulk_job_id in (${ids}) and c.result_event_id = ${event}.id`, negated);
}

/** How a value at a search key is compared. */
export type ValueCondition =
  | { kind: 'equal'; value: string }
  | { kind: 'prefix'; value: string }
  | { kind: 'above' | 'below'; number: number }
  | { kind: 'between'; low: number; high: number }
  | { kind: 'present' };

/** The event has such a value at the search key. */
export function hasSearchValue(path: string, condition: ValueCondition, negated: boolean): FilterQuery<Event> {
  const [text, ...params] = comparison(condition);
  const path8 = hex(pathHash(path));
  const where = (event: string) => `c.path_hash = ${path8} and c.event_id = ${event}.id and ${text}`;
  return exists('event_search_values', where, negated, params);
}

/** The comparison as SQL on `c`, and its parameters. */
function comparison(condition: ValueCondition): [text: string, ...params: (string | number)[]] {
  switch (condition.kind) {
    case 'equal':
      return ['c.value = ?', condition.value.slice(0, maxSearchValue)];
    case 'prefix':
      return ['c.value like ?', `${likeText(condition.value.slice(0, maxSearchValue))}%`];
    case 'above':
      return ['c.number > ?', condition.number];
    case 'below':
      return ['c.number < ?', condition.number];
    case 'between':
      return ['c.number between ? and ?', condition.low, condition.high];
    case 'present':
      return ['true'];
  }
}
