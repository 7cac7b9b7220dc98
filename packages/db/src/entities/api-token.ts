import { defineEntity, type InferEntity } from '@mikro-orm/core';
import { id, instant, instantNow, name, sha256, text } from './columns.ts';

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
    /** Last characters, to know it by. */
    hint: text(8).default(''),
    /** Permissions, separated by spaces; null for everything that a program may do. */
    scopes: text(1_000).nullable(),
    createdAt: instantNow(),
    expiresAt: instant().nullable(),
    lastUsedAt: instant().nullable(),
    revokedAt: instant().nullable(),
    /** Null when the installation made it. */
    createdBy: id('user').nullable(),
    /** The CUSTOM source whose credential it is: it fires as that one and does nothing else. Null for all others. */
    sourceId: id('source').nullable(),
  },
  indexes: [{ properties: ['tenantId', 'sourceId'] }],
});
export type ApiToken = InferEntity<typeof ApiToken>;
