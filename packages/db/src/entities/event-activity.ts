import { defineEntity, type InferEntity } from '@mikro-orm/core';
import { id, instantNow, name, text } from './columns.ts';

/** Who or what did something to an event, for people to read. */
export const EventActivity = defineEntity({
  name: 'EventActivity',
  tableName: 'event_activity',
  primaryKeys: ['tenantId', 'eventId', 'id'],
  properties: {
    tenantId: id('tenant').primary(),
    eventId: id('event').primary(),
    id: id('activity').primary(),
    at: instantNow(),
    verb: text(24),
    actor: name(),
    detail: text(500),
  },
});
export type EventActivity = InferEntity<typeof EventActivity>;
