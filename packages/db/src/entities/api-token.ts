import { defineEntity, type InferEntity } from '@mikro-orm/core';
import { id, instant, instantNow, name, sha256 } from './columns.ts';

/** A program's key to one tenant, `nxt_…`. */
export const ApiToken = defineEntity({
  name: 'ApiToken',
  tableName: 'api_tokens',
  primaryKeys: ['tenantId', 'id'],
  properties: {
    tenantId: id('tenant').primary(),
    id: id('apiToken').primary(),
    name: name(),
    tokenHash: sha256().unique(),
    createdAt: instantNow(),
    lastUsedAt: instant().nullable(),
    revokedAt: instant().nullable(),
    /** Null when the installation made it. */
    createdBy: id('user').nullable(),
  },
});
export type ApiToken = InferEntity<typeof ApiToken>;
