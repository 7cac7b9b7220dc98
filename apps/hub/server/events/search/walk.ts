import type { Id } from '@nexomatic/contracts/id';
import { Event } from '@nexomatic/db/entities/event';
import type { EventWalk } from '@nexomatic/db/event-walks';
import type { EntityManager, FilterQuery } from '@nexomatic/db/query';
import { type SummaryRow, summaryFields } from '../summaries.ts';

/** One step of a walk. */
export interface Step {
  /** Events that were met and meet every condition, newest first. */
  rows: SummaryRow[];
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

/** Ids of events, newest first, behind `before`. */
export type IdPage = (
  before: Id<'event'> | null,
  look: number,
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
        { fields: summaryFields, orderBy, limit: want, indexHint },
      );
      const last = rows.at(-1);
      const looked = rest.length === 0 ? rows.length : look;
      return { rows, to: last && rows.length === want ? last.id : end, looked };
    },
  };

  async function entryAt(range: FilterQuery<Event>[], offset: number): Promise<Id<'event'> | null> {
    const options = { fields: ['id'], orderBy, limit: 1, offset: offset - 1, indexHint } as const;
    const [entry] = await em.find(Event, { $and: range }, options);
    return entry?.id ?? null;
  }
}

/** Ids that are looked up at once. */
const maxIds = 500;

/** A walk along ids that stand in another table. */
export function idWalk(em: EntityManager, page: IdPage, { time, rest }: Conditions): Walk {
  return {
    async next(before, look) {
      const { ids, to } = await page(before, Math.min(look, maxIds));
      const rows =
        ids.length === 0
          ? []
          : await em.find(
              Event,
              { $and: [{ id: { $in: ids } }, ...time, ...rest] },
              { fields: summaryFields, orderBy: { id: 'desc' }, indexHint: 'force index (primary)' },
            );
      return { rows, to, looked: Math.min(look, maxIds) };
    },
  };
}
