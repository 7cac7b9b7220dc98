import type { QueryTerm } from '@nexomatic/contracts/event-query';
import type { QueryValue } from '@nexomatic/contracts/event-query-value';
import { type EventState, eventStates } from '@nexomatic/contracts/event-state';
import type { Event } from '@nexomatic/db/entities/event';
import { hasChildren, hasRerun } from '@nexomatic/db/event-conditions';
import type { FilterQuery } from '@nexomatic/db/query';

/** What a query says under one key: any of `wanted` (where there are some), none of `unwanted`. */
export interface Said {
  wanted: QueryValue[];
  unwanted: QueryValue[];
}

/** Of a query for events or for logs; what is asked of a path or of any text stands under no key. */
export function said<Term extends { key: string; negated: boolean; value: QueryValue }>(
  terms: readonly Term[],
  key: Exclude<Term['key'], 'payload' | 'field' | 'text'>,
): Said {
  const values = (negated: boolean) =>
    terms.filter((term) => term.key === key && term.negated === negated).map(({ value }) => value);
  return { wanted: values(false), unwanted: values(true) };
}

/** The texts among the values, and whether `null` is one of them. */
export function textsOf(values: QueryValue[]): { texts: string[]; none: boolean } {
  const texts = values.flatMap((value) =>
    value.kind === 'any' ? value.texts : value.kind === 'text' ? [value.text] : [],
  );
  return { texts, none: values.some(({ kind }) => kind === 'null') };
}

/** The states that are left of all of them; null for all. */
export function statesOf({ wanted, unwanted }: Said, ...further: (readonly EventState[] | undefined)[]) {
  const lists = [wordsOf(wanted), ...further].filter((list) => list !== undefined && list.length > 0);
  const without = wordsOf(unwanted);
  const left = eventStates.filter((state) => lists.every((list) => list?.includes(state)) && !without.includes(state));
  return left.length === eventStates.length ? null : left;
}

const wordsOf = (values: QueryValue[]): EventState[] =>
  textsOf(values).texts.map((text) => text.toUpperCase() as EventState);

type NullableColumn = 'sourceId' | 'sinkId' | 'scheduleId' | 'parentId' | 'rerunOf' | 'reason';

/** One of the values, or none at all where that is wanted. */
export function isOneOf(column: NullableColumn, values: readonly string[], none: boolean): FilterQuery<Event> {
  const either = [...(none ? [{ [column]: null }] : []), ...(values.length > 0 ? [{ [column]: { $in: values } }] : [])];
  return { $or: either } as FilterQuery<Event>;
}

/** None of the values, and something at all where nothing is unwanted. An event without a value is not one of them. */
export function isNoneOf(column: NullableColumn, values: readonly string[], none: boolean): FilterQuery<Event>[] {
  const conditions = [];
  if (none) conditions.push({ [column]: { $ne: null } });
  if (values.length > 0) conditions.push({ $or: [{ [column]: null }, { [column]: { $nin: values } }] });
  return conditions as FilterQuery<Event>[];
}

/** `is:` and `has:`. */
export function flagConditions(terms: QueryTerm[]): FilterQuery<Event>[] {
  return (['is', 'has'] as const).flatMap((key) => {
    const { wanted, unwanted } = said(terms, key);
    const either = textsOf(wanted).texts.map((word) => flag(key, word, false));
    return [
      ...(either.length > 0 ? [{ $or: either } as FilterQuery<Event>] : []),
      ...textsOf(unwanted).texts.map((word) => flag(key, word, true)),
    ];
  });
}

function flag(key: 'is' | 'has', word: string, negated: boolean): FilterQuery<Event> {
  if (key === 'has') return word === 'children' ? hasChildren(negated) : hasRerun(negated);
  if (word === 'root') return { parentId: negated ? { $ne: null } : null };
  return { rerunOf: negated ? null : { $ne: null } };
}
