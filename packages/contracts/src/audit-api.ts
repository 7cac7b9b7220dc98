import * as z from 'zod';
import { instant } from './definition-api.ts';
import { idSchema } from './id.ts';

/** The audit log in the API: who changed what, when and from where. */

export const auditActorKinds = ['user', 'apiToken', 'system'] as const;

/** Every kind of thing whose changes are recorded, as `objectKind` and the first half of `action` name it. */
export const auditObjectKinds = [
  'event_type',
  'action',
  'source',
  'source_secret',
  'sink_type',
  'sink',
  'join_token',
  'schedule',
  'blackout',
  'tenant',
  'user',
  'member',
  'invitation',
  'api_token',
  'session',
  'secret',
  'saved_view',
  'bulk_job',
  'event',
] as const;
export type AuditObjectKind = (typeof auditObjectKinds)[number];

/** What picks entries; without any of it, all. */
export const auditFilter = z.strictObject({
  actor: z.string().max(40).optional().describe('id of a person or API token, or `system`'),
  action: z.string().max(64).optional().describe('for example `event_type.updated`'),
  objectKind: z.enum(auditObjectKinds).optional(),
  objectId: z.string().max(40).optional(),
  since: z.iso.datetime({ offset: true }).optional().describe('from this instant on'),
  until: z.iso.datetime({ offset: true }).optional().describe('before this instant'),
});
export type AuditFilter = z.infer<typeof auditFilter>;

export const listAuditInput = auditFilter.extend({
  limit: z.int().min(1).max(200).default(100),
  cursor: z.string().pipe(idSchema('audit')).optional().describe('`nextCursor` of the page before'),
});
export type ListAudit = z.infer<typeof listAuditInput>;

export const auditRef = z.strictObject({ id: idSchema('audit') });

export const auditSummary = z.object({
  id: idSchema('audit'),
  at: instant,
  actor: z.object({
    kind: z.enum(auditActorKinds),
    id: z.string().nullable().describe('null for the installation itself'),
    name: z.string(),
  }),
  action: z.string(),
  object: z.object({ kind: z.string(), id: z.string().nullable(), name: z.string() }),
  remoteAddress: z.string().describe('where the request came from; empty for what the installation did by itself'),
  requestId: z.string(),
});
export type AuditSummary = z.infer<typeof auditSummary>;

const fields = z.record(z.string(), z.unknown()).nullable();
export const auditEntry = auditSummary.extend({
  before: fields.describe('the object before the change; null when there was none'),
  after: fields.describe('the object afterwards; null when there is none any more'),
});
export type AuditEntryShown = z.infer<typeof auditEntry>;

export const listAuditOutput = z.object({
  entries: z.array(auditSummary),
  nextCursor: z.nullable(idSchema('audit')).describe('null on the last page'),
});
