import * as z from 'zod';
import { currentVersion } from './definition-api.ts';
import { eventGridSettingsSchema } from './event-grid-settings.ts';
import { idSchema } from './id.ts';
import { instant } from './instant.ts';

/** Sources of kind EVENT_GRID in the API: what they pull from, and how the pulling goes. */

export const configureEventGridInput = z.strictObject({
  id: idSchema('source'),
  version: currentVersion,
  eventTypeId: z
    .optional(z.nullable(idSchema('eventType')))
    .describe('what each event fires; null: nothing is pulled. Left out: as it is'),
  settings: eventGridSettingsSchema,
  credential: z
    .string()
    .min(1)
    .max(4_096)
    .optional()
    .describe(
      'the access key or client secret; left out: the one that is kept. Needed again when the namespace or the way to sign in changes',
    ),
});
export type ConfigureEventGrid = z.infer<typeof configureEventGridInput>;

/**
 * `incomplete`: something is not set yet. `paused`: the source is disabled. `starting`: no hub has it yet. `receiving`: the last
 * poll went well. `failing`: it did not, and is tried again after a while.
 */
export const eventGridStates = ['incomplete', 'paused', 'starting', 'receiving', 'failing'] as const;

/**
 * `empty`: nothing was there. `taken`: every event was taken or rejected for good. `held_back`: some were released, to come again.
 * `unsettled`: taken, but Azure could not be told; they come again as duplicates. `failed`: Azure gave no events.
 */
export const pollOutcomes = ['empty', 'taken', 'held_back', 'unsettled', 'failed'] as const;
export type PollOutcome = (typeof pollOutcomes)[number];

const count = z.int().min(0);
export const pollCounts = z.object({
  received: count,
  accepted: count.describe('fired an event'),
  duplicates: count.describe('had come before; acknowledged, and nothing fired'),
  rejected: count.describe('can never be taken: dead-lettered by Azure, and kept as a refused request'),
  released: count.describe('could not be taken just now: Azure delivers them again'),
});
export type PollCounts = z.infer<typeof pollCounts>;

export const eventGridPoll = pollCounts.extend({
  startedAt: instant,
  durationMs: z.int(),
  outcome: z.enum(pollOutcomes),
  detail: z.string().nullable().describe('what went wrong, or was refused'),
});
export type EventGridPoll = z.infer<typeof eventGridPoll>;

export const eventGridStatus = z.object({
  settings: eventGridSettingsSchema.nullable().describe('null until it is connected'),
  credential: z.object({ hint: z.string(), createdAt: instant }).nullable().describe('never the credential itself'),
  state: z.enum(eventGridStates),
  sentence: z.string().describe('the state in words, and what to do'),
  hub: z.string().nullable().describe('the one hub that pulls it just now'),
  inFlight: count.describe('events that are locked for this hub and not settled yet'),
  lagSeconds: z
    .number()
    .nullable()
    .describe(
      'how old the oldest event of the last poll was when it came; 0 after an empty poll, null before the first',
    ),
  lastPollAt: instant.nullable(),
  lastEventAt: instant.nullable(),
  nextPollAt: instant.nullable().describe('set while it waits after a failure'),
  lastError: z.object({ at: instant, message: z.string() }).nullable(),
  totals: pollCounts.describe('since it was connected'),
  polls: z.array(eventGridPoll).describe('the last 50, newest first'),
  version: z.int(),
});
export type EventGridStatus = z.infer<typeof eventGridStatus>;

/** How many polls of a source are remembered. */
export const keptPolls = 50;
