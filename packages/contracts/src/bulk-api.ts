import * as z from 'zod';
import { nextCursor } from './definition-api.ts';
import { eventSummary } from './event-api.ts';
import { idSchema } from './id.ts';
import { instant, moment } from './instant.ts';
import { maxQueryLength } from './query-terms.ts';

/** Re-running and cancelling many events at once: everything that a frozen query finds up to a frozen instant. */

export const bulkActions = ['rerun', 'cancel'] as const;
export type BulkAction = (typeof bulkActions)[number];

/**
 * RUNNING → DONE | ABORTED | FAILED. A single event that can't be re-run or cancelled is counted and hinders nothing;
 * FAILED means that the job itself can't go on, for example because its query names a type that is gone.
 */
export const bulkStates = ['RUNNING', 'DONE', 'ABORTED', 'FAILED'] as const;
export type BulkState = (typeof bulkStates)[number];

const what = {
  action: z.enum(bulkActions),
  query: z.string().max(maxQueryLength).describe('as `q` of the list of events; empty for every event'),
  skipRerun: z.boolean().default(false).describe('of `rerun`: leave out events that were re-run before'),
};

/** Events that a preview, or a new job, counts at most. */
export const maxBulkCount = 1_000;

export const previewBulkInput = z.strictObject(what);
export const previewBulkOutput = z.object({
  count: z.int().describe('events that the job would act on now; finished ones for `rerun`, others for `cancel`'),
  more: z.boolean().describe('there are, or may be, more than were counted'),
  sample: z.array(eventSummary).describe('the ten newest of them'),
  until: instant.describe('upper bound: hand it to `create`, so that nothing newer is taken along'),
});
export type BulkPreview = z.infer<typeof previewBulkOutput>;

export const createBulkInput = z.strictObject({
  ...what,
  name: z.string().trim().max(100).default('').describe('for people'),
  until: moment.optional().describe('`until` of the preview; now when left out'),
});
export type CreateBulk = z.infer<typeof createBulkInput>;

export const bulkJob = z.object({
  id: idSchema('bulkJob'),
  name: z.string(),
  action: z.enum(bulkActions),
  query: z.string(),
  skipRerun: z.boolean(),
  until: instant,
  state: z.enum(bulkStates),
  message: z.string().nullable().describe('why it FAILED'),
  count: z.int().describe('events counted when it was made'),
  more: z.boolean().describe('there were, or may have been, more than were counted'),
  done: z.int(),
  skipped: z.int().describe('events that had ended, begun or been re-run meanwhile'),
  failed: z.int().describe('events that were refused, for example because their type is disabled'),
  createdBy: z.object({ id: z.string().nullable(), name: z.string() }),
  createdAt: instant,
  finishedAt: instant.nullable(),
});
export type BulkJob = z.infer<typeof bulkJob>;

export const bulkRef = z.strictObject({ id: idSchema('bulkJob') });
export const listBulkInput = z.strictObject({
  limit: z.int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional().describe('`nextCursor` of the page before'),
});
export const listBulkOutput = z.object({ jobs: z.array(bulkJob), nextCursor });

/** What came of one event; the list of events takes `bulk:<id>` for those that were made or cancelled. */
export const bulkFailure = z.object({
  eventId: idSchema('event'),
  outcome: z.enum(['skipped', 'failed']),
  message: z.string(),
});
export const bulkDetail = bulkJob.extend({
  problems: z.array(bulkFailure).describe('events that were skipped or refused, newest first; 100 at most'),
});
export type BulkDetail = z.infer<typeof bulkDetail>;
