import * as z from 'zod';
import { currentVersion, description, instant, listInput, named, nextCursor } from './definition-api.ts';
import { idSchema } from './id.ts';

/** Secrets in the API: names that parameters refer to. Values are written elsewhere and never read. */

const secretName = z
  .string()
  .max(255)
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'letters, digits and _ only, not beginning with a digit')
  .refine((name) => !/^nx_/i.test(name), 'names that begin with NX_ are kept for the hub');

export const createSecretInput = z.strictObject({ name: secretName, description });
export type CreateSecret = z.infer<typeof createSecretInput>;
export const updateSecretInput = z.strictObject({ id: idSchema('secret'), version: currentVersion, description });
export type UpdateSecret = z.infer<typeof updateSecretInput>;
export const secretRef = z.strictObject({ id: idSchema('secret') });

export const secretSummary = z.object({
  id: idSchema('secret'),
  name: z.string(),
  description: z.string(),
  usedBy: z.array(named(z.union([idSchema('eventType'), idSchema('action')]))).describe('whose parameters name it'),
  version: z.int(),
  createdAt: instant,
  updatedAt: instant,
});
export type SecretSummary = z.infer<typeof secretSummary>;
export const listSecretsInput = listInput;
export const listSecretsOutput = z.object({ secrets: z.array(secretSummary), nextCursor });
