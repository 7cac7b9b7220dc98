import * as z from 'zod';
import { idFilter, named, warning } from './definition-api.ts';
import { idSchema } from './id.ts';
import { instant, moment } from './instant.ts';
import { maxJitterSeconds, scheduleKinds } from './schedule-api.ts';

/** When a schedule would run, before it is saved. */

export const previewScheduleInput = z.strictObject({
  kind: z.enum(scheduleKinds).default('cron'),
  cron: z.string().max(4_000).nullable().default(null).describe('of kind cron'),
  at: moment.nullable().default(null).describe('of kind at'),
  timeZone: z.string().max(64).optional().describe('IANA name; left out: the zone of the tenant'),
  startsAt: moment.nullable().default(null),
  endsAt: moment.nullable().default(null),
  jitterSeconds: z.int().min(0).max(maxJitterSeconds).default(0),
  scheduleId: idFilter('schedule').describe(
    'the schedule that it is of, whose blackouts count then; left out: those of the whole tenant alone',
  ),
  count: z.int().min(1).max(100).default(10).describe('how many runs to answer at most'),
});
export type PreviewSchedule = z.infer<typeof previewScheduleInput>;

/** A planned run as people read it. */
const plannedRun = z.object({
  at: instant.describe('as planned'),
  latestAt: instant.describe('the latest instant at which its jitter lets it fire'),
  local: z.string().describe("what the clock of the schedule's zone shows then: `2027-03-28T03:30:00`"),
  offset: z.string().describe('how far that clock is ahead of UTC: `+02:00`'),
  note: z.string().nullable().describe('where the clock is set: `28 Mar: 02:30 does not exist, runs 03:30`'),
  blackout: named(idSchema('blackout')).nullable().describe('the window that it falls into: it is skipped'),
});
export type PlannedRun = z.infer<typeof plannedRun>;

export const schedulePreview = z.object({
  timeZone: z.string(),
  runs: z.array(plannedRun).describe('the next ones; none when no run is to come'),
  warnings: z.array(warning),
});
export type SchedulePreview = z.infer<typeof schedulePreview>;
