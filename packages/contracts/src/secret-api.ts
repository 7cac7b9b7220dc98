import * as z from 'zod';
import { currentVersion, description, instant, listInput, named, nextCursor, warning } from './definition-api.ts';
import { grantedSink, sealedToSinks, sealSink } from './end-to-end-api.ts';
import { type IdKind, idSchema } from './id.ts';
import { sinkLabels } from './sink-labels.ts';

/**
 * The Secrets store in the API. A value goes in sealed (`@nexomatic/sealing/secret-box`) to the key that `secrets.key` tells,
 * and comes out nowhere: no answer here holds one.
 */

/** Days before the reminder's date from which on a secret is shown as expiring. */
export const expiresSoonDays = 14;
/** Days without use after which a secret is shown as unused. */
export const unusedDays = 90;
/** How long a value that was replaced may be taken back. */
export const rollBackMs = 30 * 60_000;

/** Checked by the rules, not by the form of the input: what is wrong with a name is told as such. */
const secretName = z.string().max(1_000);
/** 32 bytes, base64. */
const publicKey = z.string().describe('X25519, 32 bytes, base64');

export const sealKeyInput = z.strictObject({
  name: secretName.optional().describe('whose value will be sealed; tells its id and next version'),
});
export const sealKey = z.object({ keyId: idSchema('tenantKey'), key: publicKey });
export const sealKeyOutput = sealKey.extend({
  tenantId: idSchema('tenant'),
  secret: z
    .object({ id: idSchema('secret'), nextVersion: z.int(), endToEnd: z.boolean() })
    .nullable()
    .describe('null where there is none of that name yet: its first version is 1'),
  sinks: z
    .array(sealSink)
    .describe('what a value of that secret is to be sealed to if it is end-to-end, in place of `key`'),
});
export type SealKey = z.infer<typeof sealKeyOutput>;

const sealedValue = z
  .strictObject({
    keyId: idSchema('tenantKey'),
    version: z.int().positive().describe('the number that it was sealed for: 1, or `nextVersion`'),
    box: z
      .base64()
      .max(100_000)
      .describe('sealed box of `nxs1`, a line that names tenant, secret and version, and the value'),
  })
  .describe('a value of 1 to 49,152 bytes of UTF-8, sealed to the key of `GET /secrets/key`');
export type SealedInput = z.infer<typeof sealedValue>;

const ids = <K extends IdKind>(kind: K) => z.array(idSchema(kind)).max(200).nullable().default(null);
export const secretGrants = z
  .strictObject({ eventTypeIds: ids('eventType'), sinkTypeIds: ids('sinkType') })
  .describe('who may use it; a list that is null allows any, an empty one none');

const facts = {
  description,
  labels: sinkLabels.default({}),
  expiresAt: z.iso.date().nullable().default(null).describe('reminder, `2027-01-31`; it ends nothing by itself'),
  grants: secretGrants.default({ eventTypeIds: null, sinkTypeIds: null }),
};

const sealed = sealedToSinks.optional();

export const createSecretInput = z.strictObject({
  name: secretName,
  ...facts,
  value: sealedValue.optional(),
  endToEnd: z
    .boolean()
    .optional()
    .describe('seal it to sinks alone, so that the hub can not open it; is never changed'),
  sealed: sealed.describe('the value of one that is end-to-end; the sinks in it are granted it'),
});
export type CreateSecret = z.infer<typeof createSecretInput>;
export const updateSecretInput = z.strictObject({
  id: idSchema('secret'),
  version: currentVersion,
  ...facts,
  value: sealedValue.optional().describe('left out, the secret keeps the value that it has'),
  sealed: sealed.describe('the same of one that is end-to-end'),
});
export type UpdateSecret = z.infer<typeof updateSecretInput>;
export const setSecretValueInput = z.strictObject({
  id: idSchema('secret'),
  value: sealedValue.optional(),
  sealed: sealed.describe(
    'in place of `value` where the secret is end-to-end: for exactly the sinks of `GET /secrets/key`',
  ),
});
export type SetSecretValue = z.infer<typeof setSecretValueInput>;
export const rollBackSecretInput = z.strictObject({ id: idSchema('secret'), version: currentVersion });
export type RollBackSecret = z.infer<typeof rollBackSecretInput>;
export const secretRef = z.strictObject({ id: idSchema('secret') });
export const deleteSecretInput = secretRef.extend({
  confirmName: z.string().max(1_000).optional().describe('the secret’s name: deletes it though parameters refer to it'),
});

/** What there is to say of a secret, the worst first. */
export const secretStates = ['no_value', 'lost', 'expired', 'expires_soon', 'unused', 'ok'] as const;
export type SecretState = (typeof secretStates)[number];

const user = named(z.union([idSchema('eventType'), idSchema('action')]));
const usedBy = z.array(user).describe('whose parameters name it');

export const secretSummary = z.object({
  id: idSchema('secret'),
  name: z.string(),
  description: z.string(),
  labels: z.record(z.string(), z.string()),
  state: z.enum(secretStates),
  valueVersion: z.int().describe('which of its values is in use; 0 while it has none'),
  nextVersion: z.int().describe('what the next value is to be sealed for'),
  valueSetAt: instant.nullable(),
  valueSetBy: z.string().nullable().describe('name of whoever set the value in use'),
  size: z.int().nullable().describe('bytes of the value in use'),
  short: z.boolean().describe('the value in use is too short to be masked in logs'),
  expiresAt: z.iso.date().nullable(),
  grants: z.object({
    eventTypeIds: z.array(idSchema('eventType')).nullable(),
    sinkTypeIds: z.array(idSchema('sinkType')).nullable(),
  }),
  endToEnd: z.boolean().describe('sealed to sinks alone: the hub can not open it'),
  sinks: z.array(grantedSink).describe('sinks that it is granted to, by name; empty unless it is end-to-end'),
  rollBack: z
    .object({ version: z.int(), until: instant })
    .nullable()
    .describe('the value before, while it can be taken back'),
  lastUsed: z
    .object({
      at: instant,
      eventId: z.union([idSchema('event')]).nullable(),
      sinkId: z.union([idSchema('sink')]).nullable(),
      sinkName: z.string().nullable(),
    })
    .nullable(),
  usedBy,
  version: z.int(),
  createdAt: instant,
  updatedAt: instant,
});
export type SecretSummary = z.infer<typeof secretSummary>;
export const savedSecret = secretSummary.extend({ warnings: z.array(warning) });
export type SavedSecret = z.infer<typeof savedSecret>;

/** `name` from A to Z; the others newest first, and what never was used or set last. */
const secretSorts = ['name', 'lastUsed', 'set'] as const;
export type SecretSort = (typeof secretSorts)[number];

export const listSecretsInput = listInput.extend({
  search: listInput.shape.search.describe('part of the name, of the description or of a label (`key=value`)'),
  sort: z.enum(secretSorts).default('name').describe('by time, the newest come first'),
  state: z
    .enum([...secretStates, 'missing'])
    .optional()
    .describe('`missing`: none but names that are referred to in vain'),
  endToEnd: z.boolean().optional().describe('only those that are, or only those that are not'),
});
export type ListSecrets = z.infer<typeof listSecretsInput>;
export const listSecretsOutput = z.object({
  secrets: z.array(secretSummary),
  missing: z
    .array(z.object({ name: z.string(), usedBy: z.array(user) }))
    .describe('names that parameters refer to and no secret has; on the first page alone'),
  nextCursor,
});
export type SecretList = z.infer<typeof listSecretsOutput>;

export const secretVersions = z.object({
  versions: z.array(
    z.object({
      version: z.int(),
      createdAt: instant,
      createdBy: z.string(),
      size: z.int(),
      current: z.boolean(),
      keptUntil: instant
        .nullable()
        .describe('until when it can be taken back; null for the one in use, and once it is gone'),
    }),
  ),
});
export type SecretVersions = z.infer<typeof secretVersions>;

export const listSecretUsesInput = secretRef.extend({
  limit: z.int().min(1).max(200).default(50),
  cursor: z.string().pipe(idSchema('audit')).optional().describe('`nextCursor` of the page before'),
});
export type ListSecretUses = z.infer<typeof listSecretUsesInput>;
export const secretUses = z.object({
  uses: z.array(
    z.object({
      id: idSchema('audit'),
      at: instant,
      eventId: z
        .union([idSchema('event')])
        .nullable()
        .describe('null for a check on the sink'),
      eventType: z.string().nullable().describe('name of its event type; null once the event or its type is gone'),
      attempt: z.int().nullable(),
      sinkId: idSchema('sink'),
      sinkName: z.string().describe('what the sink was called then'),
      version: z.int().describe('of the value that was given'),
    }),
  ),
  nextCursor: z.nullable(idSchema('audit')).describe('null on the last page'),
});
export type SecretUses = z.infer<typeof secretUses>;
