import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { id, instant, instantNow, text } from './columns.ts';

/** What a sender proves itself to a source with. The value is wrapped by the keyring and shown to nobody. */
export const SourceSecret = defineEntity({
  name: 'SourceSecret',
  tableName: 'source_secrets',
  primaryKeys: ['tenantId', 'id'],
  properties: {
    tenantId: id('tenant').primary(),
    id: id('sourceSecret').primary(),
    sourceId: id('source'),
    /** The end of a long value, to tell secrets apart by. */
    hint: text(8).default(''),
    wrapped: p.blob().columnType('varbinary(8192)'),
    /** Of the root key that wrapped it; null in rows from before it was noted. */
    rootFingerprint: text(32).nullable(),
    createdAt: instantNow(),
    /** Accepted until then; null: until it is revoked. */
    retiresAt: instant().nullable(),
    revokedAt: instant().nullable(),
    lastUsedAt: instant().nullable(),
  },
  indexes: [{ properties: ['tenantId', 'sourceId'] }],
});
export type SourceSecret = InferEntity<typeof SourceSecret>;
