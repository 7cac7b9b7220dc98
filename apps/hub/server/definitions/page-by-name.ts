import { NexomaticError } from '@nexomatic/contracts/error-code';

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
export function namedPage({ search, limit, cursor }: NamedPageInput) {
  return {
    where: {
      $and: [
        ...(cursor === undefined ? [] : [{ name: { $gt: fromCursor(cursor) } }]),
        ...(search ? [{ name: { $like: `%${search.replaceAll(/[\\%_]/g, '\\$&')}%` } }] : []),
      ],
    },
    options: { orderBy: { name: 'asc' as const }, limit: limit + 1 },
  };
}

/** The rows of the page, and the cursor of the next one. */
export function cutPage<Row extends { name: string }>(
  rows: Row[],
  { limit }: NamedPageInput,
): { page: Row[]; nextCursor: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { page, nextCursor: last && rows.length > limit ? toCursor(last.name) : null };
}
