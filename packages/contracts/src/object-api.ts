import * as z from 'zod';
import { idSchema } from './id.ts';

/** Things of a tenant by their names, whatever they are. */

/** Of each kind so many are found at most. */
export const mostOfKind = 5;
/** Words beyond these narrow nothing. */
export const mostWords = 5;

export const findObjectsInput = z.strictObject({
  text: z
    .string()
    .max(100)
    .describe('each of its words stands in the name, in upper or lower case; nothing is found by none'),
});

const named = <K extends Parameters<typeof idSchema>[0]>(kind: K) =>
  z.object({ kind: z.literal(kind), id: idSchema(kind), name: z.string() });
const foundObject = z.discriminatedUnion('kind', [
  named('eventType'),
  named('action'),
  named('source'),
  named('schedule'),
  named('sink'),
  named('secret'),
]);
export type FoundObject = z.infer<typeof foundObject>;
export type FoundKind = FoundObject['kind'];

export const foundObjects = z.object({
  objects: z
    .array(foundObject)
    .describe(`kind by kind, ${mostOfKind} of each at most, those that begin with the text first`),
});
