import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { id, instant, instantNow } from './columns.ts';

/** A ticket that is still to be added to Redis; the row goes when it has been. */
export const OutboxEntry = defineEntity({
  name: 'OutboxEntry',
  tableName: 'outbox',
  primaryKeys: ['tenantId', 'eventId', 'attempt'],
  properties: {
    tenantId: id('tenant').primary(),
    eventId: id('event').primary(),
    attempt: p.smallint().unsigned().primary(),
    sinkTypeId: id('sinkType'),
    pinnedSinkId: id('sink').nullable(),
    availableAt: instant(),
    createdAt: instantNow(),
  },
  // The sweeper takes the oldest of all tenants.
  indexes: [{ properties: ['createdAt'] }],
});
export type OutboxEntry = InferEntity<typeof OutboxEntry>;
