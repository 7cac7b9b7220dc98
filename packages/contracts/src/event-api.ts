import * as z from 'zod';
import { edges, eventReasonSchema, eventStateSchema } from './event-state.ts';
import { idSchema } from './id.ts';
import { logChannels, logLevels } from './sink-protocol.ts';

/** What people and programs read and write about events: the same shapes in tRPC, REST and the pages. */

const instant = z.iso.datetime({ precision: 3 }).describe('UTC, ISO 8601 with milliseconds');
/** As people and other programs write it: any precision, any zone. */
const moment = z.iso.datetime({ offset: true });
export const nameSchema = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._:-]*$/, 'letters, digits and . _ : - only, beginning with a letter or digit');

export const fireInput = z.strictObject({
  type: nameSchema.describe('name of the event type'),
  payload: z.unknown().optional().describe('any JSON value; null when left out'),
});
export const fireOutput = z.object({
  id: idSchema('event'),
  state: eventStateSchema,
  duplicate: z.boolean().describe('true when the Idempotency-Key had been used with the same body before'),
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
  createdAt: instant,
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
});
export type EventSummary = z.infer<typeof eventSummary>;

export const listEventsInput = z.strictObject({
  state: z.array(eventStateSchema).optional().describe('any of these; repeat the parameter or separate by commas'),
  type: z.string().max(100).optional().describe('name of an event type'),
  since: moment.optional().describe('created at or after; ISO 8601 with a zone, for example 2026-11-24T09:00:00Z'),
  until: moment.optional().describe('created before'),
  limit: z.int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional().describe('`nextCursor` of the page before'),
});
export const listEventsOutput = z.object({
  events: z.array(eventSummary),
  nextCursor: z.string().nullable().describe('null on the last page'),
});

export const attemptDetail = z.object({
  number: z.int(),
  state: z.enum(['RUNNING', 'SUCCESS', 'WARNING', 'ERROR', 'LOST', 'HANDED_BACK']),
  reason: z.nullable(eventReasonSchema),
  message: z.string().nullable(),
  exitCode: z.int().nullable(),
  sink: z.string().nullable(),
  module: z.string(),
  startedAt: instant,
  finishedAt: instant.nullable(),
  parameters: z.array(z.object({ key: z.string(), kind: z.string(), origin: z.string(), json: z.string() })),
});

/** A stored body for reading: text where it is UTF-8. `truncated` bodies are whole in the download. */
export const storedBody = z.object({
  contentType: z.string(),
  size: z.int(),
  text: z.string().nullable().describe('null when the bytes are not UTF-8'),
  truncated: z.boolean(),
});

export const eventDetail = eventSummary.extend({
  payload: storedBody,
  result: storedBody.nullable(),
  attempts: z.array(attemptDetail),
  chain: z.array(eventSummary).describe('every event of the same root, oldest first, this one included; 200 at most'),
  activity: z.array(z.object({ at: instant, verb: z.string(), actor: z.string(), detail: z.string() })),
});
export type EventDetail = z.infer<typeof eventDetail>;

export const logEntry = z.object({
  attempt: z.int(),
  seq: z.int().describe('number of the chunk that this line came in'),
  at: instant,
  channel: z.enum(logChannels),
  level: z.enum(logLevels).nullable().describe('null for stdout and stderr'),
  text: z.string(),
  fields: z.record(z.string(), z.unknown()).nullable(),
});
export type LogEntry = z.infer<typeof logEntry>;

export const readLogInput = z.object({
  id: idSchema('event'),
  attempt: z.int().positive().optional().describe('the latest when left out'),
  after: z.int().nonnegative().default(0).describe('only chunks with a higher number'),
});
export const readLogOutput = z.object({
  attempt: z.int(),
  entries: z.array(logEntry),
  lastSeq: z.int(),
  complete: z.boolean().describe('true when the attempt is finished and nothing more can come'),
});
