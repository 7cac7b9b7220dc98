import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { id } from './columns.ts';

/** How much log of a tenant came on the last day on which any did. */
export const LogVolume = defineEntity({
  name: 'LogVolume',
  tableName: 'log_volumes',
  primaryKeys: ['tenantId'],
  properties: {
    tenantId: id('tenant').primary(),
    /** Of UTC. */
    day: p.date(),
    /** Of chunks that were stored, plain. */
    logBytes: p.bigint('number').unsigned(),
  },
});
export type LogVolume = InferEntity<typeof LogVolume>;
