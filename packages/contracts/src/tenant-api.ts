import * as z from 'zod';
import { currentVersion, instant } from './definition-api.ts';
import { displayName } from './display-name.ts';
import { idSchema } from './id.ts';

/** A tenant's own settings in the API. People only: no program changes them. */

const settings = {
  name: displayName,
  timeZone: z.string().min(1).max(64).describe('IANA name, for example `Europe/Berlin`'),
};

export const tenantSettings = z.object({
  id: idSchema('tenant'),
  slug: z.string(),
  name: z.string(),
  timeZone: z.string(),
  version: z.int(),
  createdAt: instant,
});
export type TenantSettings = z.infer<typeof tenantSettings>;

export const updateTenantInput = z.strictObject({ version: currentVersion, ...settings });
export type UpdateTenant = z.infer<typeof updateTenantInput>;

export const tenantKeyFacts = z.object({
  id: idSchema('tenantKey'),
  fingerprint: z.string().describe('of the public key: the first 16 hex digits of its SHA-256'),
  createdAt: instant,
  retiredAt: instant.nullable().describe('since when another key seals; null for the one that does'),
  values: z.int().describe('values of secrets that are sealed to it'),
});
export type TenantKeyFacts = z.infer<typeof tenantKeyFacts>;
export const listTenantKeysOutput = z.object({
  keys: z.array(tenantKeyFacts).describe('newest first; the first one seals. Empty before the first secret'),
});
