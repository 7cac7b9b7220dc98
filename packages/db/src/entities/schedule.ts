import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { body, id, instantNow, name, text } from './columns.ts';

/** When to fire an event type: a cron expression of five fields in a time zone. */
export const Schedule = defineEntity({
  name: 'Schedule',
  tableName: 'schedules',
  primaryKeys: ['tenantId', 'id'],
  properties: {
    tenantId: id('tenant').primary(),
    id: id('schedule').primary(),
    name: name(),
    description: text(500).default(''),
    eventTypeId: id('eventType'),
    cron: text(200),
    /** IANA name. */
    timeZone: text(64),
    /** JSON bytes of the payload; null fires `null`. */
    payload: body().nullable(),
    pinnedSinkId: id('sink').nullable(),
    enabled: p.boolean().default(false),
    version: p.integer().version(),
    createdAt: instantNow(),
    updatedAt: instantNow().extra('on update current_timestamp(3)'),
  },
  indexes: [{ properties: ['tenantId', 'eventTypeId'] }],
  uniques: [{ properties: ['tenantId', 'name'] }],
});
export type Schedule = InferEntity<typeof Schedule>;
