import type { Id } from '@nexomatic/contracts/id';
import { Event } from '@nexomatic/db/entities/event';
import type { EventWalk } from '@nexomatic/db/event-walks';
import type { EntityManager, FilterQuery } from '@nexomatic/db/query';

/** One step of a walk. */
export interface Step {
  /** Events that were met and meet every condition, newest first. Ids alone: most of them are on no page. */
  ids: Id<'event'>[];
  /** Everything from this event on has been looked at; null at the walk's end. */
  to: Id<'event'> | null;
  /** Rows that were looked at for it, at most. */
  looked: number;
}

/** A way along events from newer to older ones. */
export interface Walk {
  /** Goes on behind `before`, over `look` rows at most and until `want` events were met. */
  next(before: Id<'event'> | null, look: number, want: number): Promise<Step>;
}

/** Ids of events, newest first, behind `before`: `most` of them, found among the next `look` entries. */
export type IdPage = (
  before: Id<'event'> | null,
  limits: { look: number; most: number },
) => Promise<{ ids: Id<'event'>[]; to: Id<'event'> | null }>;

/** Conditions beside those that a walk's index answers. */
export interface Conditions {
  /** The time range. It bounds the walk itself, so it makes no matches rare. */
  time: FilterQuery<Event>[];
  rest: FilterQuery<Event>[];
}

/**
 * A walk along an index of events. Where conditions are left that the index doesn't answer, it first finds the event that
 * stands `look` entries further on, within the index, and then asks for matches down to there and no further: what is read
 * is bounded, however rare matches are.
 */
export function tableWalk(em: EntityManager, { where, indexHint }: EventWalk, { time, rest }: Conditions): Walk {
  const orderBy = { id: 'desc' } as const;
  return {
    async next(before, look, want) {
      const range: FilterQuery<Event>[] = [where, ...(before === null ? [] : [{ id: { $lt: before } }])];
      const end = rest.length === 0 ? null : await entryAt(range, look);
      if (end !== null) range.push({ id: { $gte: end } });
      const rows = await em.find(
        Event,
        { $and: [...range, ...time, ...rest] },
        { fields: ['id'], orderBy, limit: want, indexHint },
      );
      return stepOf(rows, want, end, rest.length === 0 ? rows.length : look);
    },
  };

  async function entryAt(range: FilterQuery<Event>[], offset: number): Promise<Id<'event'> | null> {
    const options = { fields: ['id'], orderBy, limit: 1, offset: offset - 1, indexHint } as const;
    const [entry] = await em.find(Event, { $and: range }, options);
    return entry?.id ?? null;
  }
}

/** Ids that are looked up at once: few at first, because mostly all of them are what is wanted. */
const firstIds = 60;
const maxIds = 500;

/** A walk along ids that stand in another table. */
export function idWalk(em: EntityManager, page: IdPage, { time, rest }: Conditions): Walk {
  let most = firstIds;
  return {
    async next(before, look, want) {
      const { ids, to } = await page(before, { look, most });
      most = Math.min(most * 3, maxIds);
      if (ids.length === 0) return { ids, to, looked: look };
      const rows = await em.find(
        Event,
        { $and: [{ id: { $in: ids } }, ...time, ...rest] },
        { fields: ['id'], orderBy: { id: 'desc' }, limit: want, indexHint: 'force index (primary)' },
      );
      return stepOf(rows, want, to, look);
    },
  };
}

/** A step that got all it wanted came as far as its last event; another one as far as it looked. */
function stepOf(rows: { id: Id<'event'> }[], want: number, end: Id<'event'> | null, looked: number): Step {
  const last = rows.at(-1);
  return { ids: rows.map(({ id }) => id), to: last && rows.length === want ? last.id : end, looked };
}
