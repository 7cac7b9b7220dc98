import type { EventSummary } from '@nexomatic/contracts/event-api';

/** A waiting event of a list, with what matters to a test put over it. */
export const eventSummary = (facts: Partial<EventSummary> & Pick<EventSummary, 'id'>): EventSummary => ({
  type: 'hello',
  state: 'QUEUED',
  reason: null,
  message: null,
  attempt: 0,
  source: null,
  sink: null,
  parentId: null,
  edge: null,
  rootId: facts.id,
  depth: 0,
  rerunOf: null,
  createdAt: '2026-11-24T12:00:00.000Z',
  availableAt: '2026-11-24T12:00:00.000Z',
  startedAt: null,
  finishedAt: null,
  ...facts,
});
