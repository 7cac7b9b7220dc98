import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { id, text } from './columns.ts';

/**
 * How often something happened to events within a slot of time: five minutes, later an hour. Written by the counters of
 * `ledger/event-stats.ts` alone. The row of event type `00…0` holds what is counted of all types together, so that a
 * dashboard reads one series however many types there are; for the same reason the type goes before the time.
 */
export const EventStat = defineEntity({
  name: 'EventStat',
  tableName: 'event_stats',
  primaryKeys: ['tenantId', 'eventTypeId', 'slot', 'measure', 'bucket'],
  properties: {
    tenantId: id('tenant').primary(),
    eventTypeId: id('eventType').primary(),
    /** Beginning of the slot, UTC. */
    slot: p.datetime(0).primary(),
    measure: text(8).primary(),
    /** Of a duration's histogram; 0 for what is only counted. */
    bucket: p.smallint().primary(),
    n: p.integer().unsigned(),
  },
  indexes: [{ name: 'event_stats_by_slot', properties: ['slot'] }],
});
export type EventStat = InferEntity<typeof EventStat>;
