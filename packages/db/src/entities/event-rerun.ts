import { defineEntity, type InferEntity } from '@mikro-orm/core';
import { id } from './columns.ts';

/**
 * Which events repeat which. A table of its own, because an index of `events.rerun_of` would be paid for by every event
 * and few are ever re-run.
 */
export const EventRerun = defineEntity({
  name: 'EventRerun',
  tableName: 'event_reruns',
  primaryKeys: ['tenantId', 'rerunOf', 'eventId'],
  properties: {
    tenantId: id('tenant').primary(),
    rerunOf: id('event').primary(),
    eventId: id('event').primary(),
  },
});
export type EventRerun = InferEntity<typeof EventRerun>;
