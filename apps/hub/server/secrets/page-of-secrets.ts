import { NexomaticError } from '@nexomatic/contracts/error-code';
import { type Id, isId } from '@nexomatic/contracts/id';
import type { ListSecrets, SecretSort } from '@nexomatic/contracts/secret-api';
import type { Secret } from '@nexomatic/db/entities/secret';
import { likeText } from '@nexomatic/db/like';
import type { FilterQuery, QueryOrderMap } from '@nexomatic/db/query';
import { cutPage, namedPage } from '../definitions/page-by-name.ts';

type Where = FilterQuery<Secret>;
type TimeSort = Exclude<SecretSort, 'name'>;
type Asked = Pick<ListSecrets, 'search' | 'sort' | 'limit' | 'cursor'>;

const timeOf = { lastUsed: 'lastUsedAt', set: 'valueSetAt' } as const;

/**
 * Condition and order of a page of secrets; one row more than asked for says whether there is a next page. By time the newest
 * come first, and what has no time last. No index serves that: a tenant's secrets are few enough to be sorted.
 */
export function pageOfSecrets(input: Asked): { where: Where[]; options: PageOptions } {
  const { search, sort, limit, cursor } = input;
  const found = search ? [whereFound(search)] : [];
  if (sort === 'name') {
    const { where, options } = namedPage({ limit, cursor });
    return { where: [where, ...found], options };
  }
  const behind = cursor === undefined ? [] : [whereBehind(sort, fromCursor(sort, cursor))];
  return {
    where: [...behind, ...found],
    options: { orderBy: { [timeOf[sort]]: 'desc', id: 'asc' }, limit: limit + 1 },
  };
}

interface PageOptions {
  orderBy: QueryOrderMap<Secret>;
  limit: number;
}

/** The rows of the page, and the cursor of the next one. */
export function cutSecrets(rows: Secret[], input: Asked): { page: Secret[]; nextCursor: string | null } {
  const { sort, limit } = input;
  if (sort === 'name') return cutPage(rows, input);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const nextCursor =
    last && rows.length > limit ? toCursor(sort, { at: last[timeOf[sort]] ?? null, id: last.id }) : null;
  return { page, nextCursor };
}

/** Part of the key, of the description or of a label; `key=value` and part of it is how pages write a label. */
function whereFound(search: string): Where {
  const asJson = JSON.stringify(search).slice(1, -1);
  const labels = [asJson, asJson.replace('=', '":"')].map((text) => ({ labels: like(text) }));
  return { $or: [{ name: like(search) }, { description: like(search) }, ...labels] };
}

const like = (text: string) => ({ $like: `%${likeText(text)}%` });

interface Place {
  at: Date | null;
  id: Id<'secret'>;
}

function whereBehind(sort: TimeSort, { at, id }: Place): Where {
  const field = timeOf[sort];
  const beside = { [field]: at, id: { $gt: id } };
  return at === null ? beside : { $or: [{ [field]: { $lt: at } }, beside, { [field]: null }] };
}

/** Opaque, so that its content may change. */
const toCursor = (sort: TimeSort, { at, id }: Place): string =>
  Buffer.from(`${sort} ${at?.getTime() ?? '-'} ${id}`).toString('base64url');

function fromCursor(sort: TimeSort, cursor: string): Place {
  const [, time = '', id = ''] = Buffer.from(cursor, 'base64url').toString('latin1').split(' ');
  const at = time === '-' ? null : new Date(Number(time));
  const fits = isId('secret', id) && !Number.isNaN(at?.getTime());
  if (fits && toCursor(sort, { at, id }) === cursor) return { at, id };
  throw new NexomaticError('bad_request', 'The cursor does not fit.', {
    errors: [
      { path: 'cursor', message: `not a cursor of this list by ${sort}; leave it out to begin at the first page` },
    ],
  });
}
