import * as z from 'zod';
import { instant } from './definition-api.ts';
import { displayName } from './display-name.ts';
import { idSchema } from './id.ts';
import { permissionNames } from './permission.ts';

/** Programs' keys to a tenant. */

/** Days after which a token can be made to end by itself. */
export const tokenLifetimes = [30, 90, 365] as const;
export const tokenStates = ['active', 'expired', 'revoked'] as const;

export const createApiTokenInput = z.strictObject({
  name: displayName,
  scopes: z.array(z.enum(permissionNames)).min(1, 'choose at least one').max(permissionNames.length).nullable(),
  expiresInDays: z.literal(tokenLifetimes).nullable(),
  source: z
    .optional(idSchema('source'))
    .describe('the CUSTOM source whose credential it is: it fires as that one, and may do nothing else'),
});
export type CreateApiToken = z.infer<typeof createApiTokenInput>;

export const apiTokenRef = z.strictObject({ id: idSchema('apiToken') });

export const apiTokenSummary = z.object({
  id: idSchema('apiToken'),
  name: z.string(),
  hint: z.string().describe('its last characters'),
  scopes: z.array(z.enum(permissionNames)).nullable().describe('null: everything that a program may do'),
  state: z.enum(tokenStates),
  createdAt: instant,
  expiresAt: instant.nullable(),
  revokedAt: instant.nullable(),
  lastUsedAt: instant.nullable().describe('to the minute'),
  source: z
    .object({ id: idSchema('source'), name: z.string() })
    .nullable()
    .describe('the CUSTOM source whose credential it is; null for all others'),
  createdBy: z.object({ id: idSchema('user'), name: z.string() }).nullable(),
});
export type ApiTokenSummary = z.infer<typeof apiTokenSummary>;

export const createdApiToken = apiTokenSummary.extend({ value: z.string().describe('shown this once') });
export const listApiTokensInput = z.strictObject({
  source: z.optional(idSchema('source')).describe('only the credentials of this source'),
  limit: z.int().min(1).max(200).default(100),
  cursor: z.optional(idSchema('apiToken')).describe('`nextCursor` of the page before'),
});
export const listApiTokensOutput = z.object({
  tokens: z.array(apiTokenSummary),
  nextCursor: z.nullable(idSchema('apiToken')),
});
