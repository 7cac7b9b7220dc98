import { defineEntity, type InferEntity } from '@mikro-orm/core';
import type { Role } from '@nexomatic/contracts/permission';
import { id, text } from './columns.ts';

/** A user in a tenant. */
export const Membership = defineEntity({
  name: 'Membership',
  tableName: 'memberships',
  primaryKeys: ['tenantId', 'userId'],
  properties: {
    tenantId: id('tenant').primary(),
    userId: id('user').primary(),
    role: text(16).$type<Role>(),
  },
  // At sign-in, the tenants of a user are looked up.
  indexes: [{ properties: ['userId'] }],
});
export type Membership = InferEntity<typeof Membership>;
