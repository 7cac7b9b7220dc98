import * as z from 'zod';
import { instant, listInput, nextCursor } from './definition-api.ts';
import { displayName } from './display-name.ts';
import { idSchema } from './id.ts';
import { createdInvitation } from './invitation-api.ts';
import { emailSchema } from './people-api.ts';
import { roles } from './permission.ts';
import { slugSchema } from './tenant-slug.ts';

/** What administrators of the hub see and do: tenants, people and the installation as a whole. */

export const instanceTenant = z.object({
  id: idSchema('tenant'),
  slug: z.string(),
  name: z.string(),
  timeZone: z.string(),
  suspendedAt: instant.nullable(),
  createdAt: instant,
  members: z.int(),
  owners: z.array(z.string()).describe('e-mail addresses'),
});
export type InstanceTenant = z.infer<typeof instanceTenant>;

export const listTenantsInput = listInput;
export const listTenantsOutput = z.object({ tenants: z.array(instanceTenant), nextCursor });
export const tenantRef = z.strictObject({ id: idSchema('tenant') });
export const createTenantInput = z.strictObject({
  slug: slugSchema.describe('part of every address: never changed'),
  name: displayName,
  timeZone: z.string().min(1).max(64).default('UTC'),
  ownerEmail: emailSchema.describe('is invited as its first owner'),
});
export type CreateTenant = z.infer<typeof createTenantInput>;
export const createdTenant = z.object({ id: idSchema('tenant'), invitation: createdInvitation });
export const inviteOwnerInput = tenantRef.extend({ email: emailSchema });
export const renameTenantInput = tenantRef.extend({ name: displayName });
export const instanceUser = z.object({
  id: idSchema('user'),
  name: z.string(),
  email: z.string(),
  instanceAdmin: z.boolean(),
  disabledAt: instant.nullable(),
  createdAt: instant,
  lastSeenAt: instant.nullable().describe('of the sessions that are still open'),
  tenants: z.array(z.object({ id: idSchema('tenant'), slug: z.string(), name: z.string(), role: z.enum(roles) })),
});
export type InstanceUser = z.infer<typeof instanceUser>;

export const listUsersInput = listInput;
export const listUsersOutput = z.object({ users: z.array(instanceUser), nextCursor });
export const userRef = z.strictObject({ id: idSchema('user') });

export const healthCheck = z.object({
  name: z.enum(['database', 'redis', 'migrations']),
  result: z.string().describe('`ok`, or what is wrong'),
  ms: z.number().describe('how long the answer took'),
});
/** The edge in front of the hub, and what it holds for it. */
export const instanceEdge = z.object({
  state: z.enum(['none', 'reachable', 'unreachable']).describe('`none`: no edge stands in front of this hub'),
  problem: z.string().nullable().describe('why it can not be reached'),
  sources: z
    .array(
      z.object({
        source: z
          .object({ id: idSchema('source'), name: z.string(), tenant: z.string().describe('slug') })
          .nullable()
          .describe('null: no source has this address any more'),
        waiting: z.int(),
        waitingBytes: z.int(),
        oldestAt: instant.nullable(),
        deadLetters: z.int(),
        lastFailure: z.string().nullable(),
        nextTryAt: instant.nullable(),
      }),
    )
    .describe('those that hold anything; the one that waits longest first'),
});
export type InstanceEdge = z.infer<typeof instanceEdge>;
/** The root keyring, by fingerprints: what wraps now, and what older keys have wrapped. */
export const instanceKeyring = z.object({
  fingerprint: z.string().describe('of the key that wraps'),
  older: z
    .array(z.object({ fingerprint: z.string(), rows: z.int().describe('what it has wrapped; 0: it may be dropped') }))
    .describe('the other keys of the ring'),
});
export type InstanceKeyring = z.infer<typeof instanceKeyring>;
/** Why logs are not moved to the archive just now. */
export const archiveFault = z.object({
  message: z.string(),
  kind: z.enum(['unavailable', 'denied', 'missing', 'corrupt']).default('unavailable'),
  since: instant,
  retryAt: instant,
  times: z.int().describe('failures in a row'),
});
export type ArchiveFault = z.infer<typeof archiveFault>;

export const instanceArchive = z.object({
  place: z.string().describe('where old logs are kept, for example `folder /var/lib/nexomatic`'),
  fault: archiveFault.nullable().describe('null: it works'),
});
export type InstanceArchive = z.infer<typeof instanceArchive>;

export const instanceHealth = z.object({
  keyring: instanceKeyring.nullable().describe('null while the database does not answer'),
  ready: z.boolean(),
  checkedAt: instant,
  checks: z.array(healthCheck),
  edge: instanceEdge,
  archive: instanceArchive.nullable().describe('null while the database does not answer'),
  startedAt: instant.describe('this process'),
  versions: z.object({ hub: z.string(), node: z.string(), database: z.string(), redis: z.string().nullable() }),
});
export type InstanceHealth = z.infer<typeof instanceHealth>;
