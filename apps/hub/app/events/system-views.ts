import { type EventQuery, formatTerm } from '@nexomatic/contracts/event-query';
import { dropKeys, narrow, textTerm } from './edit-query.ts';

/** Views that every tenant has. They change the state that is asked for and leave the rest of the query alone. */
export const systemViews = [
  { name: 'All', state: null },
  { name: 'Errors', state: 'error' },
  { name: 'Running', state: 'running' },
  { name: 'Waiting', state: 'queued' },
  { name: 'Warnings', state: 'warning' },
] as const;
export type SystemView = (typeof systemViews)[number];

/** The query that a system view makes of another. A failure inside a chain is one as well, so states show every step. */
export function viewQuery(query: EventQuery, { state }: SystemView): EventQuery {
  if (state === null) return { terms: [textTerm('is', 'root'), ...dropKeys(query, 'state', 'is').terms] };
  return narrow(dropKeys(query, 'is'), textTerm('state', state));
}

/** The system view that a query shows; null for states of its own choice. */
export function activeView({ terms }: EventQuery): SystemView | null {
  const states = terms.filter(({ key }) => key === 'state').map(formatTerm);
  if (states.length === 0) return systemViews[0];
  return systemViews.find(({ state }) => states.length === 1 && states[0] === `state:${state}`) ?? null;
}
