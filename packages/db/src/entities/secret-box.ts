import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { body, id, instant, instantNow, publicKey, text } from './columns.ts';

/**
 * That an end-to-end secret is granted to a sink, and the present value as it was sealed to that sink's key, which the hub
 * does not have. Without a box the sink waits for it.
 */
export const SecretBox = defineEntity({
  name: 'SecretBox',
  tableName: 'secret_boxes',
  primaryKeys: ['tenantId', 'secretId', 'sinkId'],
  properties: {
    tenantId: id('tenant').primary(),
    secretId: id('secret').primary(),
    sinkId: id('sink').primary(),
    /** The sink's key that was approved. While the sink has another one the grant counts for nothing. */
    boxKey: publicKey(),
    /** Of the value in the box; null while there is none. */
    version: p.integer().unsigned().nullable(),
    box: body().nullable(),
    sealedAt: instant().nullable(),
    /** While the sink's keys are rotated: what is to take the box's place, sealed to the key that comes. */
    nextKey: publicKey().nullable(),
    nextBox: body().nullable(),
    /** Name of whoever compared the key. */
    approvedBy: text(200),
    approvedAt: instantNow(),
  },
  // The second finds who waits for a box, of all tenants at once.
  indexes: [{ properties: ['tenantId', 'sinkId'] }, { properties: ['version'] }],
  checks: [
    { name: 'secret_boxes_box_has_version', expression: '(`box` is null) = (`version` is null)' },
    { name: 'secret_boxes_next_has_key', expression: '(`next_box` is null) = (`next_key` is null)' },
  ],
});
export type SecretBox = InferEntity<typeof SecretBox>;
