import { defineEntity, type InferEntity } from '@mikro-orm/core';
import { body, id, text } from './columns.ts';

/** The payload of an event, byte for byte as its sender wrote it. */
export const EventPayload = defineEntity({
  name: 'EventPayload',
  tableName: 'event_payloads',
  primaryKeys: ['tenantId', 'eventId'],
  properties: {
    tenantId: id('tenant').primary(),
    eventId: id('event').primary(),
    body: body(),
    contentType: text(200),
  },
});
export type EventPayload = InferEntity<typeof EventPayload>;
