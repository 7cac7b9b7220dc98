import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { OccurrenceOrigin, OccurrenceStatus, SkipReason } from '@nexomatic/contracts/schedule-occurrence';
import { id, instant, text } from './columns.ts';

/**
 * What became of one run of a schedule. Its key is what makes a run fire once: whoever decides a run writes its row, in
 * the transaction that makes the event, and holds the schedule's row locked meanwhile. Written by `ledger/` alone.
 */
export const ScheduleOccurrence = defineEntity({
  name: 'ScheduleOccurrence',
  tableName: 'schedule_occurrences',
  primaryKeys: ['tenantId', 'scheduleId', 'dueAt'],
  properties: {
    tenantId: id('tenant').primary(),
    scheduleId: id('schedule').primary(),
    /** As planned, before jitter. */
    dueAt: instant().primary(),
    /** Of a row that stands for many runs: the last of them. */
    throughAt: instant().nullable(),
    count: p.smallint().unsigned().default(1),
    status: text(8).$type<OccurrenceStatus>(),
    reason: text(32).$type<SkipReason>().nullable(),
    origin: text(12).$type<OccurrenceOrigin>(),
    eventId: id('event').nullable(),
    /** The same while the event is not finished. */
    openEventId: id('event').nullable(),
    decidedAt: instant(),
    /** Who asked for it; null for the hub. */
    decidedBy: text(200).nullable(),
  },
  indexes: [
    { name: 'schedule_occurrences_by_status', properties: ['tenantId', 'scheduleId', 'status', 'dueAt'] },
    { name: 'schedule_occurrences_open', properties: ['tenantId', 'scheduleId', 'openEventId'] },
    { name: 'schedule_occurrences_by_event', properties: ['tenantId', 'eventId'] },
    { name: 'schedule_occurrences_by_decision', properties: ['tenantId', 'decidedAt'] },
  ],
});
export type ScheduleOccurrence = InferEntity<typeof ScheduleOccurrence>;
