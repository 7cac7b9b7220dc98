import * as z from 'zod';
import { currentVersion, description, instant, listInput, named, nextCursor } from './definition-api.ts';
import { nameSchema } from './event-api.ts';
import { idSchema } from './id.ts';

/** Schedules in the API: when to fire an event type. */

const fields = {
  name: nameSchema,
  description,
  eventTypeId: idSchema('eventType'),
  cron: z.string().max(200).describe('minute, hour, day of month, month, day of week: `0 9 * * 1-5`'),
  timeZone: z.string().max(64).describe('IANA name, for example Europe/Berlin'),
  payload: z.string().default('null').describe('JSON text of the payload, kept as it is'),
  pinnedSinkId: z.nullable(idSchema('sink')).default(null).describe('the one sink that runs it; null: any of the type'),
  enabled: z.boolean().default(false).describe('schedules do not run yet: true is refused'),
};

export const createScheduleInput = z.strictObject(fields);
export type CreateSchedule = z.infer<typeof createScheduleInput>;
export const updateScheduleInput = z.strictObject({ id: idSchema('schedule'), version: currentVersion, ...fields });
export type UpdateSchedule = z.infer<typeof updateScheduleInput>;
export const scheduleRef = z.strictObject({ id: idSchema('schedule') });

export const scheduleSummary = z.object({
  id: idSchema('schedule'),
  name: z.string(),
  description: z.string(),
  eventTypeId: idSchema('eventType'),
  eventType: named(idSchema('eventType')).nullable(),
  cron: z.string(),
  timeZone: z.string(),
  payload: z.string().describe('JSON text of the payload'),
  pinnedSinkId: z.nullable(idSchema('sink')),
  pinnedSink: named(idSchema('sink')).nullable(),
  enabled: z.boolean(),
  version: z.int(),
  createdAt: instant,
  updatedAt: instant,
});
export type ScheduleSummary = z.infer<typeof scheduleSummary>;
export const listSchedulesOutput = z.object({ schedules: z.array(scheduleSummary), nextCursor });
export const listSchedulesInput = listInput;
