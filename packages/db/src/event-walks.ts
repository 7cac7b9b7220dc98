import { type EventState, eventStates } from '@nexomatic/contracts/event-state';
import type { Id } from '@nexomatic/contracts/id';

/** One walk along an index, newest first. It stops at the page's last row and sorts nothing. */
export interface EventWalk {
  where: { state?: EventState; eventTypeId?: Id<'eventType'> };
  indexHint: string;
}

/**
 * The walks that together give a list of events: ask each for a page, merge by id, cut. More than one where states must
 * be told apart, since an index holds its rows in the order of ids only within one state.
 *
 * The index is named, because the server's guess is sometimes to walk the whole table instead: right for a type that
 * fires all the time, and seconds long for one that stopped firing.
 */
export function eventWalks(filter: {
  states: readonly EventState[];
  eventTypeId?: Id<'eventType'> | undefined;
}): EventWalk[] {
  const { eventTypeId } = filter;
  const states = [...new Set(filter.states)];
  if (eventTypeId !== undefined) {
    const each = states.length > 0 ? states : eventStates;
    return each.map((state) => ({ where: { eventTypeId, state }, indexHint: 'force index (events_by_type)' }));
  }
  if (states.length === 0) return [{ where: {}, indexHint: 'force index (primary)' }];
  return states.map((state) => ({ where: { state }, indexHint: 'force index (events_by_state)' }));
}
