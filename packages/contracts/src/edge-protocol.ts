import * as z from 'zod/mini';
import { sourceSettingsSchema } from './source-settings.ts';

/**
 * What edge and hub say to each other besides envelopes. Every call is signed (`signature/signed-call.ts`) and a POST of JSON;
 * both directions use the key of the envelopes.
 */

/** Edge → hub: what a source's settings are. */
export const edgeSettingsPath = '/internal/edge/settings';
/** Edge → hub: what was refused at the edge, for the source's list of requests. Best effort. */
export const edgeRefusalsPath = '/internal/edge/refusals';
/** Hub → edge: how much waits there, per source. */
export const bufferStatusPath = '/internal/buffer/status';
/** Hub → edge: the requests that the hub refused when they were delivered later. */
export const deadLettersPath = '/internal/buffer/dead-letters';
/** Hub → edge: deliver one of them again, or throw it away. */
export const settleDeadLetterPath = '/internal/buffer/settle';

const hashHex = z.string().check(z.regex(/^[0-9a-f]{64}$/));

/**
 * The purpose that the edge's box key is derived for. Both sides know the envelope key, so that both have the box key; a key pair
 * made of it would keep nothing from anybody that this does not.
 */
export const edgeBoxPurpose = 'nexomatic edge box';
/** What a box of settings is sealed for: given out as another source's, it does not open. */
export const edgeBoxContext = (sourceKeyHash: string): string => `edge-settings/${sourceKeyHash}`;

export const edgeSettingsCallSchema = z.strictObject({
  sourceKeyHash: hashHex,
  /** The version at hand; empty for none. */
  known: z._default(z.string().check(z.maxLength(64)), ''),
});

/** `absent`: no such source, or a disabled one. `box`: the settings' JSON, sealed under the edge's box key (`sealing/web-box.ts`), in base64. */
export const edgeSettingsAnswerSchema = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('settings'), version: z.string(), box: z.string() }),
  z.object({ outcome: z.literal('unchanged') }),
  z.object({ outcome: z.literal('absent') }),
]);
export type EdgeSettingsAnswer = z.infer<typeof edgeSettingsAnswerSchema>;

const { verification, allowedAddresses, handshakes, content, limits } = sourceSettingsSchema.shape;

/** The part of a source's settings that decides whether a request is taken, with the live secrets in clear: only ever in a box. */
export const edgeSourceSettingsSchema = z.object({
  verification,
  allowedAddresses,
  handshakes,
  content,
  limits,
  /** Newest first; `until`: accepted for requests that came before it, in milliseconds since the epoch; null: without end. */
  secrets: z.array(z.object({ id: z.string(), value: z.string(), until: z.nullable(z.int()) })),
});
export type EdgeSourceSettings = z.infer<typeof edgeSourceSettingsSchema>;

/** One request that was refused before it got to the hub. */
export const refusalSchema = z.object({
  ingestId: z.string(),
  receivedAt: z.int(),
  sourceKeyHash: hashHex,
  status: z.int(),
  /** Error code that the sender was told. */
  code: z.string().check(z.maxLength(40)),
  /** What it was in truth, for example `signature_mismatch`; a sender is not told. */
  cause: z.string().check(z.maxLength(40)),
  detail: z.string().check(z.maxLength(300)),
  contentType: z.string().check(z.maxLength(200)),
  remoteAddress: z.string().check(z.maxLength(64)),
  headers: z.array(z.tuple([z.string(), z.string()])),
  /** The first 64 KiB of the body in base64; null where it was not read. */
  body: z.nullable(z.string()),
  bodyBytes: z.int(),
});
export type Refusal = z.infer<typeof refusalSchema>;
export const refusalsCallSchema = z.strictObject({ refusals: z.array(refusalSchema).check(z.maxLength(50)) });

export const bufferStatusAnswerSchema = z.object({
  sources: z.array(
    z.object({
      sourceKeyHash: hashHex,
      waiting: z.int(),
      waitingBytes: z.int(),
      /** When the oldest of them was received, in milliseconds since the epoch; null when none waits. */
      oldestAt: z.nullable(z.int()),
      deadLetters: z.int(),
      /** What the last try to deliver came to; null after one that succeeded. */
      lastFailure: z.nullable(z.string()),
      nextTryAt: z.nullable(z.int()),
    }),
  ),
});
export type BufferStatus = z.infer<typeof bufferStatusAnswerSchema>;

export const deadLettersCallSchema = z.strictObject({
  sourceKeyHash: hashHex,
  limit: z._default(z.int().check(z.minimum(1), z.maximum(200)), 50),
  /** `ingestId` of the last one of the page before. */
  after: z.optional(z.string()),
});
export const deadLetterSchema = z.object({
  ingestId: z.string(),
  receivedAt: z.int(),
  contentType: z.string(),
  remoteAddress: z.string(),
  headers: z.array(z.tuple([z.string(), z.string()])),
  bodyBytes: z.int(),
  /** The first 64 KiB of the body in base64. */
  body: z.string(),
  tries: z.int(),
  /** Error code and words with which the hub refused it, and when. */
  code: z.string(),
  detail: z.string(),
  refusedAt: z.int(),
});
export type DeadLetter = z.infer<typeof deadLetterSchema>;
export const deadLettersAnswerSchema = z.object({ deadLetters: z.array(deadLetterSchema) });

export const settleDeadLetterCallSchema = z.strictObject({
  sourceKeyHash: hashHex,
  /** Empty: all of the source. */
  ingestId: z._default(z.string(), ''),
  how: z.enum(['replay', 'discard']),
});
export const settleDeadLetterAnswerSchema = z.object({ settled: z.int() });
