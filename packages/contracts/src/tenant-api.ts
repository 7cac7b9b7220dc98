import * as z from 'zod';
import { currentVersion, instant } from './definition-api.ts';
import { displayName } from './display-name.ts';
import { idSchema } from './id.ts';
import { logIndexes } from './log-index.ts';
import { logLimitRules } from './log-limits.ts';
import { retentionRules } from './retention.ts';

/** A tenant's own settings in the API. People only: no program changes them. */

const settings = {
  name: displayName,
  timeZone: z.string().min(1).max(64).describe('IANA name, for example `Europe/Berlin`'),
};

/** What a tenant keeps, where, and for how long. */
export const tenantStorage = z.object({
  version: z.int(),
  retention: retentionRules.describe('what the tenant says; the rest is as `defaults` says'),
  defaults: z.object({
    outputHotDays: z.int(),
    outputDays: z.int().nullable().describe('null is for ever'),
    recordHotDays: z.int(),
    recordDays: z.int().nullable(),
    payloadDays: z.int().nullable(),
  }),
  hot: z
    .object({ logBytes: z.number(), payloadBytes: z.number(), measuredAt: instant })
    .nullable()
    .describe('what stands in the database, as it was last counted; null: not yet'),
  archived: z.array(
    z.object({
      kind: z.enum(['output', 'records']),
      objects: z.int(),
      logs: z.int(),
      size: z.number().describe('bytes in the store'),
      bytes: z.number().describe('what they were before they were packed'),
    }),
  ),
  logIndex: z.enum(logIndexes).describe('which lines of what is written are found by the search across events'),
  logLimits: z.object({
    rules: logLimitRules.describe('what the tenant says; the rest is as `defaults` says'),
    defaults: z.object({ attemptMiB: z.int(), dayGiB: z.int() }),
    today: z.object({
      logBytes: z.number().describe('bytes of log that came today, of UTC'),
      full: z.boolean().describe('the limit of a day was reached: log is dropped until midnight'),
    }),
  }),
  archivePausedSince: instant.nullable().describe('since when the store fails; null: it works'),
});
export type TenantStorage = z.infer<typeof tenantStorage>;

export const updateRetentionInput = z.strictObject({ version: currentVersion, retention: retentionRules });
export type UpdateRetention = z.infer<typeof updateRetentionInput>;

export const updateLogIndexInput = z.strictObject({ version: currentVersion, logIndex: z.enum(logIndexes) });
export type UpdateLogIndex = z.infer<typeof updateLogIndexInput>;
export const setLogLimitsInput = z.strictObject({ version: currentVersion, logLimits: logLimitRules });
export type SetLogLimits = z.infer<typeof setLogLimitsInput>;

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
