import * as z from 'zod';
import {
  currentVersion,
  description,
  instant,
  listInput,
  named,
  nextCursor,
  sourceKinds,
  warning,
} from './definition-api.ts';
import { nameSchema } from './event-api.ts';
import { idSchema } from './id.ts';
import { sourceSettingsSchema } from './source-settings.ts';
import { verificationSchemes } from './verification.ts';

/** Sources in the API: where events come from. */

const eventTypeId = z
  .nullable(idSchema('eventType'))
  .default(null)
  .describe('what a request to a WEBHOOK fires that no route matches; null: it is kept and fires nothing');
const sniffJson = z
  .boolean()
  .default(true)
  .describe('take a body that is JSON also where its content type says nothing or something else');
const settings = z
  .optional(sourceSettingsSchema)
  .describe('of a WEBHOOK: whom it believes, what it takes, what it fires; left out: as they are, or the defaults');
const fields = { name: nameSchema, description, eventTypeId, sniffJson, settings };

export const createSourceInput = z.strictObject({ kind: z.enum(sourceKinds), ...fields });
export type CreateSource = z.infer<typeof createSourceInput>;
export const updateSourceInput = z.strictObject({ id: idSchema('source'), version: currentVersion, ...fields });
export type UpdateSource = z.infer<typeof updateSourceInput>;
export const sourceRef = z.strictObject({ id: idSchema('source') });

/** How many requests came to what. */
export const requestCounts = z.object({
  accepted: z.int(),
  duplicate: z.int(),
  filtered: z.int(),
  refused: z.int(),
});
export type RequestCounts = z.infer<typeof requestCounts>;

export const sourceSummary = z.object({
  id: idSchema('source'),
  name: z.string(),
  kind: z.enum(sourceKinds),
  description: z.string(),
  enabled: z.boolean().describe('a disabled webhook answers 404, as if it did not exist'),
  eventTypeId: z.nullable(idSchema('eventType')),
  eventType: named(idSchema('eventType')).nullable(),
  sniffJson: z.boolean(),
  scheme: z.enum(verificationSchemes).nullable().describe('how a WEBHOOK knows its sender; null for other kinds'),
  liveSecrets: z.int().describe('secrets that its senders may prove themselves with just now'),
  requestsLastDay: requestCounts.describe('in the last 24 hours, by whole hours'),
  builtIn: z.boolean().describe('the source of API calls and people, or of schedules: it can not be changed'),
  addressHint: z.string().nullable().describe('address of a WEBHOOK with all but the end of its key left out'),
  version: z.int(),
  createdAt: instant,
  lastReceivedAt: instant.nullable().describe('within 10 seconds'),
});
export type SourceSummary = z.infer<typeof sourceSummary>;

const schedulerLag = z.object({
  runs: z.int().describe('runs that the clock fired lately, up to 200'),
  medianMs: z.int().describe('from the moment at which a run was to fire to the moment at which it fired'),
  maxMs: z.int(),
  lastFiredAt: instant,
});
export type SchedulerLag = z.infer<typeof schedulerLag>;

export const sourceDetail = sourceSummary.extend({
  settings: z.nullable(sourceSettingsSchema).describe('of a WEBHOOK; null for other kinds'),
  eventsLastDay: z.int().describe('events that it fired in the last 24 hours; 1,001 at most'),
  schedulerLag: schedulerLag.nullable().describe('of a SCHEDULER that has fired; null for other kinds'),
  warnings: z.array(warning).describe('what hinders it just now'),
});
export type SourceDetail = z.infer<typeof sourceDetail>;

export const savedSource = sourceSummary.extend({
  settings: sourceDetail.shape.settings,
  warnings: z.array(warning),
});
export type SavedSource = z.infer<typeof savedSource>;
export const addressedSource = savedSource.extend({
  address: z.string().nullable().describe('where a WEBHOOK is reached, key included: shown this once; null for others'),
});
export const listSourcesInput = listInput;
export const listSourcesOutput = z.object({ sources: z.array(sourceSummary), nextCursor });

export const sourceTypeSummary = z.object({
  kind: z.enum(sourceKinds),
  description: z.string(),
  unavailable: z.string().nullable().describe('why no source of this kind can be made; null: it can'),
  sources: z.int().describe('how many there are'),
  eventTypes: z.array(named(idSchema('eventType'))).describe('that only this kind may fire; the first 50 by name'),
});
export type SourceTypeSummary = z.infer<typeof sourceTypeSummary>;
export const listSourceTypesOutput = z.object({
  sourceTypes: z.array(sourceTypeSummary),
  anyKind: z.int().describe('event types that every kind may fire'),
});
