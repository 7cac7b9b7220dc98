import * as z from 'zod';
import { edges, eventReasonSchema, eventStateSchema } from './event-state.ts';
import { waiting } from './event-waiting.ts';
import { idSchema } from './id.ts';
import { instant, moment } from './instant.ts';
import { maxQueryLength } from './query-terms.ts';

/** What people and programs read and write about events: the same shapes in tRPC, REST and the pages. */

export const nameSchema = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._:-]*$/, 'letters, digits and . _ : - only, beginning with a letter or digit');

/** Longest that an event can be told to wait before it may start: 30 days. */
export const maxDelaySeconds = 30 * 24 * 3_600;

export const payloadJson = z
  .string()
  .optional()
  .describe('JSON text of the payload, kept as it is; for callers that hold text, instead of `payload`');

export const fireInput = z.strictObject({
  type: nameSchema.describe('name of the event type'),
  payload: z.unknown().optional().describe('any JSON value; null when left out'),
  payloadJson,
  source: nameSchema
    .optional()
    .describe(
      'name of the CUSTOM source that fires it; left out: the one whose credential the token is, or else `api`',
    ),
  sink: nameSchema.optional().describe('name of the one sink that may run it; any sink of its type when left out'),
  delaySeconds: z.int().min(0).max(maxDelaySeconds).default(0).describe('not to be started earlier than this from now'),
  at: moment
    .optional()
    .describe('not to be started before this instant, at most 30 days ahead; instead of delaySeconds'),
});
export const fireOutput = z.object({
  id: idSchema('event'),
  state: eventStateSchema,
  duplicate: z.boolean().describe('true when the Idempotency-Key had been used with the same body before'),
});

export const rerunInput = z.strictObject({
  id: idSchema('event'),
  payload: z
    .unknown()
    .optional()
    .describe('any JSON value; the payload of the event itself, byte for byte, when left out'),
  payloadJson,
});
export const cancelInput = z.strictObject({ id: idSchema('event') });
export const cancelOutput = z.object({
  id: idSchema('event'),
  outcome: z
    .enum(['cancelled', 'cancelling'])
    .describe('`cancelling`: it runs, and its sink is told to end the module when it next renews its lease'),
});

export const eventSummary = z.object({
  id: idSchema('event'),
  type: z.string(),
  state: eventStateSchema,
  reason: z.nullable(eventReasonSchema),
  message: z.string().nullable(),
  attempt: z.int(),
  source: z.string().nullable().describe('name of the source that fired it; null for follow-ons and re-runs'),
  sink: z.string().nullable(),
  parentId: z.nullable(idSchema('event')),
  edge: z.enum(edges).nullable(),
  rootId: idSchema('event'),
  depth: z.int(),
  rerunOf: z.nullable(idSchema('event')).describe('the event that this one repeats, in a chain of its own'),
  createdAt: instant,
  availableAt: instant.describe('not to be started before'),
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
  waiting: waiting
    .nullable()
    .optional()
    .describe('why it is not running; null unless it is QUEUED, and absent from lists that did not ask for it'),
});
export type EventSummary = z.infer<typeof eventSummary>;

export const listEventsInput = z.strictObject({
  q: z
    .string()
    .max(maxQueryLength)
    .optional()
    .describe(
      'a query such as `state:error type:deploy.* since:2h`; what the other parameters say is required as well',
    ),
  state: z.array(eventStateSchema).optional().describe('any of these; repeat the parameter or separate by commas'),
  type: z.string().max(100).optional().describe('name of an event type'),
  source: z.string().max(100).optional().describe('name of a source'),
  sink: z.string().max(100).optional().describe('name of the sink that ran its latest attempt'),
  since: moment.optional().describe('created at or after; ISO 8601 with a zone, for example 2026-11-24T09:00:00Z'),
  until: moment.optional().describe('created before'),
  limit: z.int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional().describe('`nextCursor` of the page before'),
  include: z
    .array(z.enum(['waiting']))
    .optional()
    .describe('`waiting`: say why each QUEUED event is not running'),
});
export type ListEvents = z.infer<typeof listEventsInput>;
export const listEventsOutput = z.object({
  events: z.array(eventSummary),
  nextCursor: z.string().nullable().describe('null on the last page'),
  searchedTo: instant
    .nullable()
    .describe('set when the search paused before the page was full: older events are looked at from `nextCursor` on'),
  hint: z.string().nullable().describe('why nothing can be found, for example a name that there is not'),
});
export type ListedEvents = z.infer<typeof listEventsOutput>;

export const attemptDetail = z.object({
  number: z.int(),
  state: z.enum(['RUNNING', 'SUCCESS', 'WARNING', 'ERROR', 'LOST', 'HANDED_BACK']),
  reason: z.nullable(eventReasonSchema),
  message: z.string().nullable(),
  exitCode: z.int().nullable(),
  sink: z.string().nullable(),
  module: z.string(),
  eventTypeVersion: z.int().nullable().describe('version of the event type that it ran; null for old attempts'),
  actionVersion: z.int().nullable().describe('version of the action that it ran'),
  startedAt: instant,
  finishedAt: instant.nullable(),
  logArchived: z.boolean().describe('whether any of its log is read from the archive, which takes longer'),
  parameters: z.array(
    z.object({
      key: z.string(),
      kind: z.string(),
      origin: z.string(),
      json: z.string().nullable().describe('JSON text of the value; null for SECRET: no value is shown anywhere'),
      secret: z.object({ name: z.string(), version: z.int() }).nullable().describe('of SECRET: what was used'),
    }),
  ),
});

/** A stored body for reading: text where it is UTF-8. `truncated` bodies are whole in the download. */
export const purgeEventInput = z.strictObject({
  id: idSchema('event'),
  payload: z.boolean().default(false).describe('also its payload, results and the values that it is found by'),
});
export type PurgeEvent = z.infer<typeof purgeEventInput>;

export const storedBody = z.object({
  contentType: z.string(),
  size: z.int(),
  text: z.string().nullable().describe('null when the bytes are not UTF-8'),
  truncated: z.boolean(),
});

export const eventDetail = eventSummary.extend({
  eventTypeId: idSchema('eventType'),
  actionId: idSchema('action'),
  schedule: z
    .object({
      id: idSchema('schedule'),
      name: z.string(),
      dueAt: instant.nullable().describe('the planned run that it is; null where that is no longer kept'),
    })
    .nullable()
    .describe('the schedule that fired it; null where it was something else, or the schedule is gone'),
  searchKeys: z.array(z.string()).describe('paths into payloads of its type by which events can be searched'),
  payload: storedBody,
  payloadKept: z.boolean().describe('false once it was purged or its time was over; `payload` is empty then'),
  result: storedBody.nullable(),
  attempts: z.array(attemptDetail),
  waiting: waiting.nullable(),
  cancelRequestedAt: instant.nullable().describe('when somebody asked to end it while it ran'),
  reruns: z.array(eventSummary).describe('events that repeat this one, newest first; 50 at most'),
  chain: z.array(eventSummary).describe('every event of the same root, oldest first, this one included; 200 at most'),
  activity: z.array(z.object({ at: instant, verb: z.string(), actor: z.string(), detail: z.string() })),
});
export type EventDetail = z.infer<typeof eventDetail>;
