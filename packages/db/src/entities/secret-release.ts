import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { id, instantNow } from './columns.ts';

/** That an attempt was given its secrets: at most once, to the sink that runs it. */
export const SecretRelease = defineEntity({
  name: 'SecretRelease',
  tableName: 'secret_releases',
  primaryKeys: ['tenantId', 'eventId', 'attempt'],
  properties: {
    tenantId: id('tenant').primary(),
    eventId: id('event').primary(),
    attempt: p.smallint().unsigned().primary(),
    sinkId: id('sink'),
    releasedAt: instantNow(),
  },
});
export type SecretRelease = InferEntity<typeof SecretRelease>;
