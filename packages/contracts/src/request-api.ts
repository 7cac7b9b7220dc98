import * as z from 'zod';
import { named } from './definition-api.ts';
import { idSchema } from './id.ts';
import { instant } from './instant.ts';
import { routeSchema, sourceSettingsSchema } from './source-settings.ts';

/** Requests in the API: what came to a source, what became of it and why. Each is one receipt. */

/** `filtered`: kept, but no route fires on it. A repeated delivery is counted under the one that it repeats. */
export const requestOutcomes = ['accepted', 'filtered', 'refused'] as const;

export const listRequestsInput = z.strictObject({
  source: z.union([idSchema('source')]),
  outcome: z
    .enum([...requestOutcomes, 'duplicate'])
    .optional()
    .describe('`duplicate`: those that came more than once'),
  cause: z.string().max(40).optional().describe('why it was refused, for example `signature_mismatch`'),
  limit: z.int().min(1).max(200).default(50),
  cursor: z.string().max(300).optional().describe('`nextCursor` of the page before'),
});
export type ListRequests = z.infer<typeof listRequestsInput>;

export const requestSummary = z.object({
  id: idSchema('receipt'),
  sourceId: z.nullable(idSchema('source')),
  receivedAt: instant,
  outcome: z.enum(requestOutcomes),
  status: z
    .int()
    .nullable()
    .describe('HTTP status that its sender was answered; 202 also for what the edge had to hold'),
  cause: z.string().nullable().describe('why it was refused or filtered, in one word'),
  detail: z.string().nullable().describe('the same in a sentence; the sender was told less'),
  duplicates: z.int().describe('how often the same delivery came again'),
  contentType: z.string(),
  bodyBytes: z.int(),
  remoteAddress: z.string(),
  events: z.array(named(idSchema('event'))).describe('that it fired; the name is that of the event type'),
});
export type RequestSummary = z.infer<typeof requestSummary>;
export const listRequestsOutput = z.object({ requests: z.array(requestSummary), nextCursor: z.string().nullable() });

export const requestRef = z.strictObject({ id: idSchema('receipt') });
export const requestDetail = requestSummary.extend({
  headers: z
    .array(z.object({ name: z.string(), value: z.string(), masked: z.boolean() }))
    .describe('names in lower case; values that are credentials or signatures are masked'),
  secret: z
    .object({ id: idSchema('sourceSecret'), hint: z.string() })
    .nullable()
    .describe('which secret matched'),
  body: z
    .object({
      text: z.string().nullable().describe('null where it is not UTF-8'),
      base64: z.string().nullable().describe('set where `text` is null'),
      complete: z.boolean().describe('false: only the first 64 KiB are shown'),
    })
    .nullable()
    .describe('null where it is not kept any more, or was never read'),
  replayable: z.boolean().describe('its body is kept whole'),
  replayOf: z.nullable(idSchema('receipt')),
});
export type RequestDetail = z.infer<typeof requestDetail>;

/** Sent through the source's present routes, without asking for a signature again. */
export const replayedRequest = z.object({
  receiptId: idSchema('receipt'),
  outcome: z.enum(['accepted', 'filtered']),
  eventIds: z.array(idSchema('event')),
});

export const listenRequestsInput = z.strictObject({
  source: idSchema('source'),
  lastEventId: z.nullish(idSchema('receipt')).describe('the last one that was told; those since are told first'),
});

/** What the routes make of a request: a kept one, or one that is given. */
export const tryRoutesInput = z.strictObject({
  id: idSchema('source'),
  settings: z.optional(sourceSettingsSchema).describe('unsaved settings to try; the saved ones where left out'),
  request: z.union([
    requestRef,
    z.strictObject({
      headers: z
        .array(z.tuple([z.string().max(200), z.string().max(4_096)]))
        .max(100)
        .default([]),
      body: z.string().max(65_536),
    }),
  ]),
});
export type TryRoutes = z.infer<typeof tryRoutesInput>;
export const tryRoutesOutput = z.object({
  routes: z.array(
    z.object({
      route: routeSchema,
      conditions: z.array(z.object({ holds: z.boolean(), found: z.string().nullable().describe('what stood there') })),
      matches: z.boolean(),
    }),
  ),
  fires: z.array(named(idSchema('eventType'))),
});
export type TriedRoutes = z.infer<typeof tryRoutesOutput>;

/** Secrets of a source: write-only. */
export const sourceSecretSummary = z.object({
  id: idSchema('sourceSecret'),
  hint: z.string().describe('its last 4 characters, where it has 20 or more; else empty'),
  createdAt: instant,
  retiresAt: instant.nullable().describe('until when it is still accepted; null: for as long as nobody ends it'),
  lastUsedAt: instant.nullable(),
});
export type SourceSecretSummary = z.infer<typeof sourceSecretSummary>;
export const listSourceSecretsOutput = z.object({ secrets: z.array(sourceSecretSummary).describe('newest first') });
export const addSourceSecretInput = z.strictObject({
  source: idSchema('source'),
  value: z
    .string()
    .min(1)
    .max(4_096)
    .optional()
    .describe('what the sender was given; left out, one is made in the form of the scheme and answered once'),
  retireOthersAfterHours: z
    .int()
    .min(0)
    .max(24 * 30)
    .nullable()
    .default(24)
    .describe('for how long the secrets of before are still accepted; null: until somebody ends them'),
});
export type AddSourceSecret = z.infer<typeof addSourceSecretInput>;
export const addedSourceSecret = sourceSecretSummary.extend({
  value: z.string().nullable().describe('the one that was made, shown this once; null where it was given'),
  warnings: z.array(z.string()),
});
export const sourceSecretRef = z.strictObject({ source: idSchema('source'), id: idSchema('sourceSecret') });
export const listSourceSecretsInput = z.strictObject({ source: idSchema('source') });
export const retireSourceSecretInput = sourceSecretRef.extend({
  afterHours: z
    .int()
    .min(1)
    .max(24 * 30)
    .default(24)
    .describe('for how long it is still accepted'),
});

/** What waits at the edge. */
export const bufferOverview = z.object({
  edge: z.enum(['none', 'reachable', 'unreachable']).describe('`none`: no edge stands in front of this hub'),
  problem: z.string().nullable().describe('why it can not be reached'),
  sources: z.array(
    z.object({
      source: named(idSchema('source')),
      waiting: z.int(),
      waitingBytes: z.int(),
      oldestAt: instant.nullable(),
      deadLetters: z.int(),
      lastFailure: z.string().nullable(),
      nextTryAt: instant.nullable(),
    }),
  ),
});
export type BufferOverview = z.infer<typeof bufferOverview>;
export const listDeadLettersInput = z.strictObject({
  source: z.union([idSchema('source')]),
  limit: z.int().min(1).max(200).default(50),
  cursor: z.string().max(100).optional(),
});
export const deadLetterView = z.object({
  ingestId: z.string(),
  receivedAt: instant,
  refusedAt: instant,
  code: z.string(),
  detail: z.string(),
  tries: z.int(),
  contentType: z.string(),
  remoteAddress: z.string(),
  headers: z.array(z.object({ name: z.string(), value: z.string(), masked: z.boolean() })),
  bodyBytes: z.int(),
  body: z.object({ text: z.string().nullable(), base64: z.string().nullable(), complete: z.boolean() }),
});
export type DeadLetterView = z.infer<typeof deadLetterView>;
export const listDeadLettersOutput = z.object({
  deadLetters: z.array(deadLetterView),
  nextCursor: z.string().nullable(),
});
export const settleDeadLettersInput = z.strictObject({
  source: idSchema('source'),
  ingestId: z.string().max(36).optional().describe('left out: all of the source'),
  how: z.enum(['replay', 'discard']),
});
export const settledDeadLetters = z.object({ settled: z.int() });
