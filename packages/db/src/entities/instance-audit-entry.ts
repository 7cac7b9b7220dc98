import { defineEntity, type InferEntity } from '@mikro-orm/core';
import { auditColumns } from './audit-columns.ts';
import { id } from './columns.ts';

/** Who changed what in the instance as a whole: tenants, users, who administers it. */
export const InstanceAuditEntry = defineEntity({
  name: 'InstanceAuditEntry',
  tableName: 'instance_audit_entries',
  properties: { id: id('audit').primary(), ...auditColumns },
});
export type InstanceAuditEntry = InferEntity<typeof InstanceAuditEntry>;
