import { sourceKinds } from '@nexomatic/contracts/definition-api';
import { idSchema } from '@nexomatic/contracts/id';
import { z } from 'zod';

/** What the form for a new source sends. */
export const newSourceForm = z.object({
  kind: z.enum(sourceKinds, 'Choose what sends the events.'),
  name: z.string('Give it a name.'),
  eventTypeId: z.optional(idSchema('eventType')),
});

/** What the form of a source sends. */
export const sourceForm = z.object({
  name: z.string('Give it a name.'),
  description: z.string().default(''),
  eventTypeId: z.optional(idSchema('eventType')),
  sniffJson: z.boolean().default(false),
  version: z.number(),
  saveOver: z.number().optional(),
});
