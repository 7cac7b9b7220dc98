import * as z from 'zod';
import { currentVersion, instant, named } from './definition-api.ts';
import { idSchema } from './id.ts';
import { moment } from './instant.ts';

/** Blackouts in the API: windows in which schedules skip their runs. */

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected HH:MM, from 00:00 to 23:59');

const once = z.strictObject({
  kind: z.literal('once'),
  from: moment.describe('from this instant on'),
  until: moment.describe('before this instant'),
});
const weekly = z.strictObject({
  kind: z.literal('weekly'),
  days: z.array(z.enum(weekdays)).min(1).max(7).describe('days on which the window begins'),
  from: timeOfDay.describe('time of day, for example 22:00'),
  until: timeOfDay.describe('not after `from`: it ends on the next day'),
  timeZone: z.string().max(64).describe('IANA name, for example Europe/Berlin'),
});
export const blackoutWindow = z.discriminatedUnion('kind', [once, weekly]);
export type BlackoutWindow = z.infer<typeof blackoutWindow>;

const fields = {
  name: z.string().trim().min(1).max(100).describe('for people, for example Release freeze'),
  scheduleId: z.nullable(idSchema('schedule')).default(null).describe('the one it is for; null: every schedule here'),
  window: blackoutWindow,
};
export const createBlackoutInput = z.strictObject(fields);
export type CreateBlackout = z.infer<typeof createBlackoutInput>;
export const updateBlackoutInput = z.strictObject({ id: idSchema('blackout'), version: currentVersion, ...fields });
export type UpdateBlackout = z.infer<typeof updateBlackoutInput>;
export const blackoutRef = z.strictObject({ id: idSchema('blackout') });

export const blackoutSummary = z.object({
  id: idSchema('blackout'),
  name: z.string(),
  scheduleId: z.nullable(idSchema('schedule')),
  schedule: named(idSchema('schedule')).nullable(),
  window: blackoutWindow,
  active: z.boolean().describe('runs are skipped just now'),
  version: z.int(),
  createdAt: instant,
  updatedAt: instant,
});
export type BlackoutSummary = z.infer<typeof blackoutSummary>;

export const listBlackoutsInput = z.strictObject({
  scheduleId: z
    .union([idSchema('schedule')])
    .optional()
    .describe('those that hold for this schedule: its own and those of the whole tenant'),
  limit: z.int().min(1).max(200).default(100),
  cursor: z
    .union([idSchema('blackout')])
    .optional()
    .describe('`nextCursor` of the page before'),
});
export const listBlackoutsOutput = z.object({
  blackouts: z.array(blackoutSummary),
  nextCursor: z.nullable(idSchema('blackout')),
});
