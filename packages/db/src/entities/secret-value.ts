import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { body, id, instant, instantNow, text } from './columns.ts';

/** A value that a secret has or had, sealed by whoever set it to a key of the tenant. */
export const SecretValue = defineEntity({
  name: 'SecretValue',
  tableName: 'secret_values',
  primaryKeys: ['tenantId', 'secretId', 'version'],
  properties: {
    tenantId: id('tenant').primary(),
    secretId: id('secret').primary(),
    version: p.integer().unsigned().primary(),
    /** What it is sealed to; null once the box is gone. */
    keyId: id('tenantKey').nullable(),
    /** As it came. Null once nobody can roll back to it any more. */
    box: body().nullable(),
    /** Bytes of the value. */
    size: p.integer(),
    /** Whether it is too short to be masked in logs. */
    short: p.boolean(),
    createdAt: instantNow(),
    /** Name of whoever set it. */
    createdBy: text(200),
    /** Until when a value that was replaced may be taken back; null for the one in use, and once the box is gone. */
    keptUntil: instant().nullable(),
  },
  indexes: [{ properties: ['tenantId', 'keyId'] }, { properties: ['keptUntil'] }],
  checks: [{ name: 'secret_values_box_has_key', expression: '(`box` is null) = (`key_id` is null)' }],
});
export type SecretValue = InferEntity<typeof SecretValue>;
