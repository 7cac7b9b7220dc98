import * as z from 'zod';
import { currentVersion, description, idFilter, instant, listInput, named, nextCursor } from './definition-api.ts';
import { nameSchema } from './event-api.ts';
import { idSchema } from './id.ts';
import { moment } from './instant.ts';
import { occurrence } from './schedule-occurrence.ts';

/** Schedules in the API: when to fire an event type. */

export const scheduleKinds = ['cron', 'at'] as const;
export type ScheduleKind = (typeof scheduleKinds)[number];

/** What becomes of a run that is due while an event of an earlier one is not finished. */
export const overlapRules = ['allow', 'skip', 'queue_one', 'cancel_running'] as const;
export type OverlapRule = (typeof overlapRules)[number];

/** What becomes of runs that were due while no hub was there to fire them. */
export const missedRules = ['skip', 'latest', 'all'] as const;
export type MissedRule = (typeof missedRules)[number];

/** What a schedule does just now: `ended` has no further run. */
export const scheduleStatuses = ['on', 'paused', 'off', 'ended'] as const;
export type ScheduleStatus = (typeof scheduleStatuses)[number];

export const maxJitterSeconds = 3_600;
/** Longest window of missed runs that are held: seven days. */
export const maxMissedWindowMinutes = 7 * 24 * 60;

const fields = {
  name: nameSchema,
  description,
  eventTypeId: idSchema('eventType'),
  kind: z.enum(scheduleKinds).default('cron').describe('`cron`: again and again; `at`: once'),
  cron: z
    .string()
    // What is too long for a cron expression is told with its field, by the hub.
    .max(4_000)
    .nullable()
    .default(null)
    .describe('of kind cron: minute, hour, day of month, month, day of week, for example `0 9 * * 1-5`'),
  at: moment.nullable().default(null).describe('of kind at: when it fires'),
  timeZone: z
    .string()
    .max(64)
    .optional()
    .describe('IANA name, for example Europe/Berlin; left out: the zone of the tenant'),
  startsAt: moment.nullable().default(null).describe('no run before this instant'),
  endsAt: moment.nullable().default(null).describe('no run after this instant'),
  jitterSeconds: z
    .int()
    .min(0)
    .max(maxJitterSeconds)
    .default(0)
    .describe('each run is put off by up to so many seconds, always the same for the same run'),
  overlap: z
    .enum(overlapRules)
    .default('allow')
    .describe(
      'when an event of an earlier run is not finished: fire all the same, skip the run, keep one run waiting, or cancel the earlier event',
    ),
  missed: z
    .enum(missedRules)
    .default('latest')
    .describe(
      'runs that came more than a minute late because no hub was there: skip them, fire the latest alone, or hold all within the window until somebody releases them',
    ),
  missedWindowMinutes: z
    .int()
    .min(1)
    .max(maxMissedWindowMinutes)
    .default(24 * 60)
    .describe('of `missed: all`: older runs are skipped'),
  pauseAfterFailures: z
    .int()
    .min(1)
    .max(1_000)
    .nullable()
    .default(null)
    .describe('pauses the schedule after so many events in a row that ended as ERROR'),
  payload: z.string().default('null').describe('JSON text of the payload, kept as it is'),
  pinnedSinkId: z.nullable(idSchema('sink')).default(null).describe('the one sink that runs it; null: any of the type'),
  enabled: z.boolean().default(false).describe('false: it has no next run'),
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
  kind: z.enum(scheduleKinds),
  cron: z.string().nullable(),
  at: instant.nullable(),
  timeZone: z.string(),
  startsAt: instant.nullable(),
  endsAt: instant.nullable(),
  jitterSeconds: z.int(),
  overlap: z.enum(overlapRules),
  missed: z.enum(missedRules),
  missedWindowMinutes: z.int(),
  pauseAfterFailures: z.int().nullable(),
  payload: z.string().describe('JSON text of the payload'),
  pinnedSinkId: z.nullable(idSchema('sink')),
  pinnedSink: named(idSchema('sink'))
    .extend({ status: z.string().describe('as the list of sinks shows it') })
    .nullable(),
  enabled: z.boolean(),
  status: z.enum(scheduleStatuses).describe('`ended`: switched on, and no further run is to come'),
  nextDueAt: instant.nullable().describe('the next run as planned; null when none is to come'),
  nextFireAt: instant.nullable().describe('the same with its jitter'),
  skipDueAt: instant.nullable().describe('the run that somebody wants skipped'),
  waitingDueAt: instant
    .nullable()
    .describe('of `overlap: queue_one`: the run that waits for the end of the one before'),
  heldCount: z.int().describe('missed runs that wait for somebody to release or discard them'),
  pausedAt: instant.nullable(),
  pausedBy: z.string().nullable(),
  pauseNote: z.string().nullable(),
  pausedUntil: instant.nullable().describe('when it goes on by itself; null: when somebody resumes it'),
  failuresInRow: z.int().describe('events in a row that ended as ERROR'),
  last: occurrence.nullable().describe('the latest run by its planned time'),
  version: z.int(),
  createdAt: instant,
  updatedAt: instant,
});
export type ScheduleSummary = z.infer<typeof scheduleSummary>;

export const listSchedulesInput = listInput.extend({
  status: z
    .enum([...scheduleStatuses, 'held'])
    .optional()
    .describe('`held`: with missed runs that wait for somebody'),
  eventTypeId: idFilter('eventType'),
  sort: z.enum(['name', 'next']).default('name').describe('`next`: by the next run, those without one last'),
});
export type ListSchedules = z.infer<typeof listSchedulesInput>;
export const listSchedulesOutput = z.object({ schedules: z.array(scheduleSummary), nextCursor });

export const pauseScheduleInput = scheduleRef.extend({
  note: z.string().max(500).default('').describe('why, for people'),
  until: moment.optional().describe('goes on by itself from then on; left out: when somebody resumes it'),
});
export type PauseSchedule = z.infer<typeof pauseScheduleInput>;
