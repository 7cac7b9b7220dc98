import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { id, instant } from './columns.ts';

/** What a tenant keeps in the database, as it was last counted. */
export const StorageMeter = defineEntity({
  name: 'StorageMeter',
  tableName: 'storage_meters',
  primaryKeys: ['tenantId'],
  properties: {
    tenantId: id('tenant').primary(),
    /** Of chunks of logs, as they stand there. */
    logBytes: p.bigint('number').unsigned(),
    /** Of payloads and results. */
    payloadBytes: p.bigint('number').unsigned(),
    measuredAt: instant(),
  },
});
export type StorageMeter = InferEntity<typeof StorageMeter>;
