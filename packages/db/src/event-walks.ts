import { type EventState, eventStates } from '@nexomatic/contracts/event-state';
import type { Id } from '@nexomatic/contracts/id';

/** What is asked of events that an index can answer; null where nothing is asked. Several values: any of them. */
export interface IndexedConditions {
  id: readonly Id<'event'>[] | null;
  parentId: readonly Id<'event'>[] | null;
  rootId: readonly Id<'event'>[] | null;
  eventTypeId: readonly Id<'eventType'>[] | null;
  sourceId: readonly Id<'source'>[] | null;
  state: readonly EventState[] | null;
}
export type IndexedColumn = keyof IndexedConditions;

/** One walk along an index, newest first. It stops at the page's last row and sorts nothing that is long. */
export interface EventWalk {
  where: { [Column in IndexedColumn]?: NonNullable<IndexedConditions[Column]>[number] };
  indexHint: string;
}

export interface EventWalks {
  walks: EventWalk[];
  /** Columns whose conditions the walks themselves keep; what is asked of others is left to be looked at row by row. */
  answered: readonly IndexedColumn[];
}

/** More walks than this cost more than looking at rows does: the next best index is taken then. */
export const maxWalks = 40;

/**
 * The walks that together give a list of events: ask each for a page, merge by id, cut. More than one where values must be
 * told apart, since an index holds its rows in the order of ids only within one value.
 *
 * The index is named, because the server's guess is sometimes to walk the whole table instead: right for a type that
 * fires all the time, and seconds long for one that stopped firing.
 */
export function eventWalks(asked: IndexedConditions): EventWalks {
  for (const [column, index] of fewRows) {
    const values = asked[column];
    if (values && values.length <= maxWalks) {
      const indexHint = `force index (${index})`;
      return { walks: values.map((value) => ({ where: { [column]: value }, indexHint })), answered: [column] };
    }
  }
  return typeWalks(asked) ?? sourceWalks(asked) ?? stateWalks(asked);
}

/** Indexes whose values stand for few rows each, fewest first. */
const fewRows = [
  ['id', 'primary'],
  ['parentId', 'events_tenant_id_parent_id_edge_unique'],
  ['rootId', 'events_by_root'],
] as const;

function typeWalks({ eventTypeId, state }: IndexedConditions): EventWalks | null {
  const states = state ?? eventStates;
  if (!eventTypeId || eventTypeId.length * states.length > maxWalks) return null;
  const indexHint = 'force index (events_by_type)';
  const walks = eventTypeId.flatMap((type) =>
    states.map((one): EventWalk => ({ where: { eventTypeId: type, state: one }, indexHint })),
  );
  return { walks, answered: ['eventTypeId', 'state'] };
}

function sourceWalks({ sourceId }: IndexedConditions): EventWalks | null {
  if (!sourceId || sourceId.length > maxWalks) return null;
  const indexHint = 'force index (events_by_source)';
  return { walks: sourceId.map((source) => ({ where: { sourceId: source }, indexHint })), answered: ['sourceId'] };
}

function stateWalks({ state }: IndexedConditions): EventWalks {
  if (!state) return { walks: [{ where: {}, indexHint: 'force index (primary)' }], answered: [] };
  const indexHint = 'force index (events_by_state)';
  return { walks: state.map((one) => ({ where: { state: one }, indexHint })), answered: ['state'] };
}
