import { NexomaticError } from '@nexomatic/contracts/error-code';
import { likeText } from '@nexomatic/db/like';

export interface NamedPageInput {
  search?: string | undefined;
  limit: number;
  cursor?: string | undefined;
}

/** Where a list by name goes on: after the name. Opaque, so that its content may change. */
const toCursor = (name: string): string => Buffer.from(`1 ${name}`).toString('base64url');

function fromCursor(cursor: string): string {
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  if (!text.startsWith('1 ') || toCursor(text.slice(2)) !== cursor) {
    throw new NexomaticError('bad_request', 'The cursor does not fit.', {
      errors: [{ path: 'cursor', message: 'not a cursor of this list; leave it out to begin at the first name' }],
    });
  }
  return text.slice(2);
}

/** Condition and order of a page by name, for `em.find`; one row more than asked for says whether there is a next page. */
export const namedPage = (input: NamedPageInput) => pageBy('name', input);

/** The same by another field of which no two rows have the same; what is searched for may stand in `also`, too. */
export function pageBy<Key extends string>(key: Key, { search, limit, cursor }: NamedPageInput, also: Key[] = []) {
  const like = `%${likeText(search ?? '')}%`;
  const found = [key, ...also].map((field) => ({ [field]: { $like: like } }) as Condition<Key>);
  return {
    where: {
      $and: [
        ...(cursor === undefined ? [] : [{ [key]: { $gt: fromCursor(cursor) } } as Condition<Key>]),
        ...(search ? [{ $or: found }] : []),
      ],
    },
    options: { orderBy: { [key]: 'asc' } as Record<Key, 'asc'>, limit: limit + 1 },
  };
}

type Condition<Key extends string> = Partial<Record<Key, { $gt: string } | { $like: string }>>;

/** The rows of the page, and the cursor of the next one. */
export const cutPage = <Row extends { name: string }>(rows: Row[], input: NamedPageInput) =>
  cutPageBy('name', rows, input);

/** The same for `pageBy`. */
export function cutPageBy<Key extends string, Row extends Record<Key, string>>(
  key: Key,
  rows: Row[],
  { limit }: NamedPageInput,
): { page: Row[]; nextCursor: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { page, nextCursor: last && rows.length > limit ? toCursor(last[key]) : null };
}
