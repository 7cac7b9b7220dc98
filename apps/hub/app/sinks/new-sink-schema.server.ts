import { idSchema } from '@nexomatic/contracts/id';
import { maxJoinTokenUses } from '@nexomatic/contracts/join-token-api';
import { z } from 'zod';
import { labelsText } from '../definitions/labels-text.server.ts';

/** The form of the page “Add sink”, and the join token or the sink that it asks for. */
export const newSinkForm = z
  .object({
    letInBy: z.enum(['keys', 'token']).default('keys'),
    sinkTypeId: z.string('Choose a type.').pipe(idSchema('sinkType')),
    uses: z.coerce.number('Give a number.').int('Give a whole number.').min(1).max(maxJoinTokenUses).default(1),
    name: z.string().optional(),
    labels: labelsText,
  })
  .superRefine(({ letInBy, name }, context) => {
    if (letInBy === 'token' && name === undefined) {
      context.addIssue({ code: 'custom', path: ['name'], message: 'Give the sink that has this token a name.' });
    }
  });
export interface NewSinkForm {
  letInBy: string;
  sinkTypeId: string;
  uses: string;
  name: string;
  labels: string;
}
