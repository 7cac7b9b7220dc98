import * as z from 'zod';
import { nextCursor } from './definition-api.ts';
import { idSchema } from './id.ts';
import { instant, moment } from './instant.ts';
import { scheduleRef } from './schedule-api.ts';
import { occurrence, occurrenceStatuses } from './schedule-occurrence.ts';

/** Runs of schedules in the API: what became of them, and what people do about them. */

export const listOccurrencesInput = scheduleRef.extend({
  status: z.enum(occurrenceStatuses).optional(),
  limit: z.int().min(1).max(500).default(100),
  cursor: z.string().max(100).optional().describe('`nextCursor` of the page before'),
});
export type ListOccurrences = z.infer<typeof listOccurrencesInput>;
export const listOccurrencesOutput = z.object({
  occurrences: z.array(occurrence).describe('the latest planned one first'),
  nextCursor,
});

export const ranNow = z.object({ dueAt: instant, eventId: idSchema('event') });

/** Names one run that is to come. */
export const skipNextInput = scheduleRef.extend({
  dueAt: moment.describe('`nextDueAt` as it was read: another one in the meantime is a `conflict`'),
});
export type SkipNext = z.infer<typeof skipNextInput>;

/** Most runs that are fired at once for a window, or released from those held. */
export const maxRunsAtOnce = 1_000;

const window = {
  from: moment.describe('from this instant on'),
  to: moment.describe('before this instant; not in the future'),
};
export const backfillPreviewInput = scheduleRef.extend(window);
export type BackfillWindow = z.infer<typeof backfillPreviewInput>;
export const backfillPreviewOutput = z.object({
  count: z.int().describe('runs that would fire; 1,001 means more than can be fired at once'),
  first: instant.nullable(),
  last: instant.nullable(),
  alreadyFired: z.int().describe('runs of the window that have fired, and do not again'),
});
const agreed = z.int().min(1).max(maxRunsAtOnce).describe('how many were shown: another number now is a `conflict`');
export const backfillInput = scheduleRef.extend({ ...window, count: agreed });
export type Backfill = z.infer<typeof backfillInput>;
export const firedRuns = z.object({
  fired: z.int(),
  eventIds: z.array(idSchema('event')).describe('in the order of the runs'),
});
export type FiredRuns = z.infer<typeof firedRuns>;

export const heldInput = scheduleRef.extend({ count: agreed });
export type HeldInput = z.infer<typeof heldInput>;
export const discardedRuns = z.object({ discarded: z.int() });

export const upcomingInput = z.strictObject({ hours: z.int().min(1).max(48).default(24) });
export const upcomingOutput = z.object({
  slots: z
    .array(z.object({ at: instant, runs: z.int() }))
    .describe('quarters of an hour from the current one on, those without a run left out'),
  next: z
    .array(z.object({ dueAt: instant, schedule: z.object({ id: idSchema('schedule'), name: z.string() }) }))
    .describe('the next run of each of the ten schedules that run soonest'),
  complete: z.boolean().describe('false: there are more schedules than could be counted in time'),
});
export type Upcoming = z.infer<typeof upcomingOutput>;
