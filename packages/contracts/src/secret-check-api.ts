import * as z from 'zod';
import { idSchema } from './id.ts';

/** Trying a secret out on a sink: whether the sink gets it and opens it. Nothing of the value is told but its length. */

/** How long a sink is waited for; it hears of a check with its next heartbeat. */
export const checkWaitMs = 15_000;

export const checkSecretInput = z.strictObject({ id: idSchema('secret'), sinkId: idSchema('sink') });
export type CheckSecret = z.infer<typeof checkSecretInput>;

export const secretCheck = z.object({
  outcome: z
    .enum(['same', 'opened', 'differs', 'failed'])
    .describe(
      '`same`: the sink opened the very value that is in use; `opened`: it opened the one of a secret that is end-to-end, which the hub can not compare; `failed`: it could not, and `message` says why',
    ),
  size: z.int().nullable().describe('bytes that the sink found'),
  fingerprint: z
    .string()
    .nullable()
    .describe(
      '8 hex digits that change with the value; nobody can work out the value from them. Null unless it is the same',
    ),
  message: z.string().nullable(),
});
export type SecretCheck = z.infer<typeof secretCheck>;

/** A sink takes up a check that it was told of with the answer to a heartbeat; each is given out once. */
export const openCheckInput = z.strictObject({ id: z.uuid() });
const openCheckOutput = z.object({
  /** The secret's name, which is the key in the box. */
  name: z.string(),
  /** Base64 of a box as a release has; of one that is end-to-end, as it was sealed to this sink. */
  box: z.string(),
  /** Of one that is end-to-end: which of its values. */
  version: z.int().optional(),
  /** Base64url; proves that what the sink found is the value, and tells nobody what it is who does not know it. */
  nonce: z.string(),
});
export type OpenCheck = z.infer<typeof openCheckOutput>;

/**
 * What the sink found: `proof` is HMAC-SHA-256 of the value by the nonce, base64url. Not of one that is end-to-end: by a proof the
 * hub could try values until one fits.
 */
export const answerCheckInput = z.discriminatedUnion('outcome', [
  z.strictObject({
    id: z.uuid(),
    outcome: z.literal('opened'),
    size: z.int().nonnegative(),
    proof: z.string().max(50).optional(),
  }),
  z.strictObject({ id: z.uuid(), outcome: z.literal('failed'), message: z.string().max(500) }),
]);
export type AnswerCheck = z.infer<typeof answerCheckInput>;
