import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { ListSchedules } from '@nexomatic/contracts/schedule-api';
import type { Schedule } from '@nexomatic/db/entities/schedule';
import type { FilterQuery, FindOptions } from '@nexomatic/db/query';
import { namedPage } from '../definitions/page-by-name.ts';

/** A list of schedules by their next run, and by name where that is the same; those without one come last. */

interface Place {
  nextDueAt: Date | null;
  name: string;
}

const toCursor = ({ nextDueAt, name }: Place): string =>
  Buffer.from(`2 ${nextDueAt?.getTime() ?? '-'} ${name}`).toString('base64url');

function fromCursor(cursor: string): Place {
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  const [, ms = '', name = ''] = /^2 (-|\d{1,15}) (.+)$/.exec(text) ?? [];
  const place = { nextDueAt: ms === '-' ? null : new Date(Number(ms)), name };
  if (name === '' || toCursor(place) !== cursor) {
    const errors = [{ path: 'cursor', message: 'not a cursor of this list; leave it out to begin at the next run' }];
    throw new NexomaticError('bad_request', 'The cursor does not fit.', { errors });
  }
  return place;
}

/** Condition and order of a page, for `em.find`. */
export function pageByNext({ search, limit, cursor }: ListSchedules): {
  where: FilterQuery<Schedule>;
  options: FindOptions<Schedule>;
} {
  const after: FilterQuery<Schedule>[] = cursor === undefined ? [] : [behind(fromCursor(cursor))];
  return {
    where: { $and: [...after, namedPage({ search, limit }).where] },
    options: { orderBy: { nextDueAt: 'asc nulls last', name: 'asc' }, limit: limit + 1 },
  };
}

const behind = ({ nextDueAt, name }: Place): FilterQuery<Schedule> =>
  nextDueAt === null
    ? { nextDueAt: null, name: { $gt: name } }
    : { $or: [{ nextDueAt: { $gt: nextDueAt } }, { nextDueAt, name: { $gt: name } }, { nextDueAt: null }] };

/** The rows of the page, and the cursor of the next one. */
export function cutPageByNext(rows: Schedule[], { limit }: ListSchedules) {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const nextCursor =
    last && rows.length > limit ? toCursor({ nextDueAt: last.nextDueAt ?? null, name: last.name }) : null;
  return { page, nextCursor };
}
