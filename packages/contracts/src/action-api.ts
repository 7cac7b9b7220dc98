import * as z from 'zod';
import {
  currentVersion,
  definitionVersion,
  description,
  instant,
  listInput,
  named,
  nextCursor,
  parameterInput,
  parametersInput,
  warning,
} from './definition-api.ts';
import { nameSchema } from './event-api.ts';
import { idSchema } from './id.ts';

/** Actions in the API: what a sink runs, and what follows. */

const fields = {
  name: nameSchema,
  description,
  module: z.string().max(300).describe('Python import path such as `my_module.runner`, or what the runtime takes'),
  onSuccessId: z.nullable(idSchema('eventType')).default(null).describe('event type fired after SUCCESS or WARNING'),
  onFailureId: z.nullable(idSchema('eventType')).default(null).describe('event type fired after ERROR'),
  parameters: parametersInput,
};

export const createActionInput = z.strictObject(fields);
export type CreateAction = z.infer<typeof createActionInput>;
export const updateActionInput = z.strictObject({ id: idSchema('action'), version: currentVersion, ...fields });
export type UpdateAction = z.infer<typeof updateActionInput>;
export const checkActionInput = z.strictObject({
  id: z.optional(idSchema('action')).describe('the action that is edited; left out for a new one'),
  ...fields,
});
export type CheckAction = z.infer<typeof checkActionInput>;
export const actionRef = z.strictObject({ id: idSchema('action') });
export const restoreActionInput = z.strictObject({
  id: idSchema('action'),
  version: currentVersion,
  restore: z.int().positive().describe('number of the version to bring back, as a new version'),
});

/** An action as one version of it says. */
export const actionBody = z.object({
  name: z.string(),
  description: z.string(),
  module: z.string(),
  onSuccessId: z.nullable(idSchema('eventType')),
  onFailureId: z.nullable(idSchema('eventType')),
  parameters: z.array(parameterInput),
});
export type ActionBody = z.infer<typeof actionBody>;

export const actionSummary = actionBody.extend({
  id: idSchema('action'),
  version: z.int(),
  onSuccess: named(idSchema('eventType')).nullable(),
  onFailure: named(idSchema('eventType')).nullable(),
  usedBy: z.array(named(idSchema('eventType'))).describe('event types that run it'),
  createdAt: instant,
  updatedAt: instant,
});
export type ActionSummary = z.infer<typeof actionSummary>;

export const savedAction = actionSummary.extend({ warnings: z.array(warning) });
export const checkedAction = z.object({ warnings: z.array(warning).describe('what may go wrong later') });
export const listActionsInput = listInput;
export const listActionsOutput = z.object({ actions: z.array(actionSummary), nextCursor });
export const actionVersions = z.object({ versions: z.array(definitionVersion(actionBody)) });
