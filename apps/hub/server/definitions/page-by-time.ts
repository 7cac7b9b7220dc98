import { NexomaticError } from '@nexomatic/contracts/error-code';

/** A list by a time that some of its things lack; those come last. Where it is the same the name decides, which no two have. */
export interface TimeOrder<Key extends string> {
  /** What the API calls the order; a cursor of another order is refused. */
  by: string;
  field: Key;
  first: 'soonest' | 'latest';
}

interface Asked {
  limit: number;
  cursor?: string | undefined;
}

interface Place {
  at: Date | null;
  name: string;
}

/** Condition and order of a page, for `em.find`; one row more than asked for says whether there is a next page. */
export function pageByTime<Key extends string>(order: TimeOrder<Key>, { limit, cursor }: Asked) {
  const { field, first } = order;
  const orderBy = { [field]: first === 'soonest' ? 'asc nulls last' : 'desc', name: 'asc' } as Record<
    Key | 'name',
    'asc' | 'asc nulls last' | 'desc'
  >;
  return {
    where: cursor === undefined ? {} : behind(order, fromCursor(order, cursor)),
    options: { orderBy, limit: limit + 1 },
  };
}

/** The rows of the page, and the cursor of the next one. */
export function cutPageByTime<Key extends string, Row extends { name: string } & { [K in Key]?: Date | null }>(
  order: TimeOrder<Key>,
  rows: Row[],
  { limit }: Asked,
): { page: Row[]; nextCursor: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const nextCursor =
    last && rows.length > limit ? toCursor(order, { at: last[order.field] ?? null, name: last.name }) : null;
  return { page, nextCursor };
}

type Bound = Date | null | { $gt: Date } | { $lt: Date };
type Behind<Key extends string> = { [K in Key]?: Bound } & { name?: { $gt: string } };

function behind<Key extends string>(
  { field, first }: TimeOrder<Key>,
  { at, name }: Place,
): Behind<Key> | { $or: Behind<Key>[] } {
  const timed = (bound: Bound, more: { name?: { $gt: string } } = {}) => ({ [field]: bound, ...more }) as Behind<Key>;
  const beside = timed(at, { name: { $gt: name } });
  if (at === null) return beside;
  return { $or: [timed(first === 'soonest' ? { $gt: at } : { $lt: at }), beside, timed(null)] };
}

/** Opaque, so that its content may change. */
const toCursor = ({ by }: TimeOrder<string>, { at, name }: Place): string =>
  Buffer.from(`${by} ${at?.getTime() ?? '-'} ${name}`).toString('base64url');

function fromCursor(order: TimeOrder<string>, cursor: string): Place {
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  const [, time = '', name = ''] = /^\S+ (-|\d{1,15}) (.+)$/s.exec(text) ?? [];
  const place = { at: time === '-' ? null : new Date(Number(time)), name };
  if (name !== '' && toCursor(order, place) === cursor) return place;
  const message = `not a cursor of this list by ${order.by}; leave it out to begin at the first page`;
  throw new NexomaticError('bad_request', 'The cursor does not fit.', { errors: [{ path: 'cursor', message }] });
}
