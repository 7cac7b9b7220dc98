import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { id, instantNow, name, text } from './columns.ts';

/** A window in which runs are skipped, of one schedule or of all that a tenant has. */
export const ScheduleBlackout = defineEntity({
  name: 'ScheduleBlackout',
  tableName: 'schedule_blackouts',
  primaryKeys: ['tenantId', 'id'],
  properties: {
    tenantId: id('tenant').primary(),
    id: id('blackout').primary(),
    /** Null: every schedule of the tenant. */
    scheduleId: id('schedule').nullable(),
    name: name(),
    /** JSON of `BlackoutWindow`. */
    span: text(500),
    version: p.integer().version(),
    createdAt: instantNow(),
    updatedAt: instantNow().extra('on update current_timestamp(3)'),
  },
  indexes: [{ properties: ['tenantId', 'scheduleId'] }, { properties: ['tenantId', 'name'] }],
});
export type ScheduleBlackout = InferEntity<typeof ScheduleBlackout>;
