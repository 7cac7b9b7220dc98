import * as z from 'zod';
import { idSchema } from './id.ts';
import { publicKey } from './sink-protocol.ts';

/** What sinks do for each other, and for their own next key, with secrets that are end-to-end: the hub can open none of it. */

/** Boxes in one call. */
export const mostBoxes = 20;

const box = z.base64().max(100_000);

/** Values that this sink has, and that others wait for which were approved. Told with an answer to a heartbeat. */
export const sharesWantedOutput = z.object({
  wants: z.array(
    z.object({
      secretId: idSchema('secret'),
      name: z.string(),
      version: z.int(),
      /** The value, sealed to the sink that is asked. */
      box: z.string(),
      /** Who waits for it, and by which key that was approved. */
      sinkId: idSchema('sink'),
      sinkName: z.string(),
      boxKey: publicKey,
    }),
  ),
});
export type WantedShare = z.infer<typeof sharesWantedOutput>['wants'][number];

export const shareSecretInput = z.strictObject({
  secretId: idSchema('secret'),
  version: z.int().positive(),
  sinkId: idSchema('sink'),
  boxKey: publicKey,
  box,
});
export type ShareSecret = z.infer<typeof shareSecretInput>;
/** `stale`: another sink was faster, or the value, the key or the approval is another one by now. */
export const shareSecretOutput = z.object({ outcome: z.enum(['stored', 'stale']) });
export type ShareOutcome = z.infer<typeof shareSecretOutput>;

/** While a sink's keys are rotated: what is not sealed to the next one yet. */
export const boxesToResealInput = z.strictObject({ boxKey: publicKey });
export const boxesToResealOutput = z.object({
  boxes: z.array(z.object({ secretId: idSchema('secret'), name: z.string(), version: z.int(), box: z.string() })),
});

/** Keeps boxes for the next key beside those for the present one, until the keys are exchanged. */
export const resealBoxesInput = z.strictObject({
  boxKey: publicKey,
  boxes: z
    .array(z.strictObject({ secretId: idSchema('secret'), version: z.int().positive(), box }))
    .min(1)
    .max(mostBoxes),
});
export type ResealBoxes = z.infer<typeof resealBoxesInput>;
