import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { id, instantNow, text } from './columns.ts';

/** A key of the Secrets store, which parameters name. */
export const Secret = defineEntity({
  name: 'Secret',
  tableName: 'secrets',
  primaryKeys: ['tenantId', 'id'],
  properties: {
    tenantId: id('tenant').primary(),
    id: id('secret').primary(),
    name: text(255),
    description: text(500).default(''),
    version: p.integer().version(),
    createdAt: instantNow(),
    updatedAt: instantNow().extra('on update current_timestamp(3)'),
  },
  uniques: [{ properties: ['tenantId', 'name'] }],
});
export type Secret = InferEntity<typeof Secret>;
