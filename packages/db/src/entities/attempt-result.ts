import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { body, id } from './columns.ts';

/** What an attempt returned, byte for byte as the runner wrote it. */
export const AttemptResult = defineEntity({
  name: 'AttemptResult',
  tableName: 'attempt_results',
  primaryKeys: ['tenantId', 'eventId', 'number'],
  properties: {
    tenantId: id('tenant').primary(),
    eventId: id('event').primary(),
    number: p.smallint().unsigned().primary(),
    body: body(),
  },
});
export type AttemptResult = InferEntity<typeof AttemptResult>;
