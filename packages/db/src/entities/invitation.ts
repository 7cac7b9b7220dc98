import { defineEntity, type InferEntity } from '@mikro-orm/core';
import type { Role } from '@nexomatic/contracts/permission';
import { id, instant, instantNow, sha256, text } from './columns.ts';

/** A person who was asked to join a tenant, by a link `nxi_…` that works once. */
export const Invitation = defineEntity({
  name: 'Invitation',
  tableName: 'invitations',
  primaryKeys: ['tenantId', 'id'],
  properties: {
    tenantId: id('tenant').primary(),
    id: id('invitation').primary(),
    email: text(254),
    role: text(16).$type<Role>(),
    tokenHash: sha256().unique(),
    invitedBy: id('user').nullable(),
    createdAt: instantNow(),
    expiresAt: instant(),
    acceptedAt: instant().nullable(),
    revokedAt: instant().nullable(),
  },
});
export type Invitation = InferEntity<typeof Invitation>;
