import { idSchema } from '@nexomatic/contracts/id';
import { z } from 'zod';
import { parameterRows, rowFieldNames } from '../parameters/row-schema.server.ts';
import { toParameters } from '../parameters/row-values.ts';

/** What the form of an action sends; the hub checks what the fields hold. */
export const actionForm = z.object({
  name: z.string('Give it a name.'),
  description: z.string().default(''),
  module: z.string('Name the module that it runs.'),
  onSuccessId: z.optional(idSchema('eventType')),
  onFailureId: z.optional(idSchema('eventType')),
  parameters: parameterRows,
  /** Of an action that is edited: the version that the form began with, and the one to save over. */
  version: z.number().optional(),
  saveOver: z.number().optional(),
  /** Warnings were shown and are meant. */
  acknowledged: z.boolean().default(false),
});

/** The same as the hub takes it. */
export function actionInput(value: z.infer<typeof actionForm>) {
  const { name, description, module, onSuccessId = null, onFailureId = null, parameters } = value;
  return { name, description, module, onSuccessId, onFailureId, parameters: toParameters(parameters) };
}

/** Where faults that the hub finds can be shown. */
export const actionFieldNames = (value: z.infer<typeof actionForm>): string[] => [
  ...['name', 'description', 'module', 'onSuccessId', 'onFailureId'],
  ...rowFieldNames(value.parameters.length),
];
