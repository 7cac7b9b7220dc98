import { defineEntity, type InferEntity } from '@mikro-orm/core';
import { auditColumns } from './audit-columns.ts';
import { id } from './columns.ts';

/** Who changed what in a tenant; written in the transaction of the change, and never changed. */
export const AuditEntry = defineEntity({
  name: 'AuditEntry',
  tableName: 'audit_entries',
  primaryKeys: ['tenantId', 'id'],
  properties: { tenantId: id('tenant').primary(), id: id('audit').primary(), ...auditColumns },
  // What the log is filtered by, each in the order in which it is read.
  indexes: [
    { properties: ['tenantId', 'objectId', 'id'] },
    { properties: ['tenantId', 'actorId', 'id'] },
    { properties: ['tenantId', 'action', 'id'] },
    { properties: ['tenantId', 'objectKind', 'id'] },
  ],
});
export type AuditEntry = InferEntity<typeof AuditEntry>;
