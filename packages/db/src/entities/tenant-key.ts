import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { id, instant, instantNow, publicKey, text } from './columns.ts';

/** The X25519 pair that a tenant's secrets are sealed to; the newest one seals, all of them open. */
export const TenantKey = defineEntity({
  name: 'TenantKey',
  tableName: 'tenant_keys',
  primaryKeys: ['tenantId', 'id'],
  properties: {
    tenantId: id('tenant').primary(),
    id: id('tenantKey').primary(),
    publicKey: publicKey(),
    /** Wrapped by the root keyring. */
    privateKey: p.blob().columnType('varbinary(120)'),
    /** Of the root key that wrapped it. */
    rootFingerprint: text(32),
    createdAt: instantNow(),
    /** Since when another one seals. */
    retiredAt: instant().nullable(),
  },
});
export type TenantKey = InferEntity<typeof TenantKey>;
