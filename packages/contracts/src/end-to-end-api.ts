import * as z from 'zod';
import { instant } from './definition-api.ts';
import { idSchema } from './id.ts';
import { publicKey } from './sink-protocol.ts';

/**
 * Secrets that are end-to-end, in the API: whoever sets one seals the value to the key of each sink that is granted it, and the
 * hub keeps boxes that it can't open.
 */

/** Sinks that one secret can be granted to. */
export const mostGrantedSinks = 50;

const boxKey = publicKey.describe('X25519, 32 bytes, base64url');
const fingerprint = z
  .string()
  .describe(
    'of `boxKey`, for comparison with what `nexomatic-sink status` shows: 16 bytes in groups of four hex digits',
  );

/** A key of a sink that lasts; what is meant for that sink alone is sealed to it. */
export const sinkSealKey = z.object({ boxKey, fingerprint });

/** A sink that a value has to be sealed to. */
export const sealSink = sinkSealKey.extend({ id: idSchema('sink'), name: z.string() });
export type SealSink = z.infer<typeof sealSink>;

/**
 * - `ready`: it has the value.
 * - `wanted`: it was approved, and waits for a sink that has the value to share it, or for a new value.
 * - `key_changed`: it has other keys than those that were approved, and has to be approved again.
 */
export const grantedSinkStates = ['ready', 'wanted', 'key_changed'] as const;
export const grantedSink = sealSink.extend({
  state: z.enum(grantedSinkStates),
  approvedBy: z.string(),
  approvedAt: instant,
  sealedAt: instant.nullable().describe('when the value was sealed to it; null until then'),
});
export type GrantedSink = z.infer<typeof grantedSink>;

const box = z.base64().max(100_000);

/** A value for all sinks that are granted it. What the hub can see of a box is how long it is. */
export const sealedToSinks = z
  .strictObject({
    version: z.int().positive().describe('the number that it was sealed for: 1, or `nextVersion`'),
    short: z.boolean().describe('too short to be masked in logs, as whoever sealed it says'),
    boxes: z
      .array(z.strictObject({ sinkId: idSchema('sink'), boxKey: boxKey.describe('what the box is sealed to'), box }))
      .min(1)
      .max(mostGrantedSinks),
  })
  .describe('a value of a secret that is end-to-end: one box for each sink that is granted it, and for no other');
export type SealedToSinks = z.infer<typeof sealedToSinks>;

export const grantSinkInput = z.strictObject({
  id: idSchema('secret'),
  sinkId: idSchema('sink'),
  fingerprint: z.string().max(100).describe('of the sink’s key, as it was compared with what the machine itself shows'),
});
export type GrantSink = z.infer<typeof grantSinkInput>;

export const confirmLoss = z
  .boolean()
  .describe('do it also where it is the last sink that has the value of a secret, which is lost then');
export const revokeSinkGrantInput = z.strictObject({
  id: idSchema('secret'),
  sinkId: idSchema('sink'),
  confirmLoss: confirmLoss.optional(),
});
export type RevokeSinkGrant = z.infer<typeof revokeSinkGrantInput>;
