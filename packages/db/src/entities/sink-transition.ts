import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { SinkStatus } from '@nexomatic/contracts/sink-api';
import type { TransitionCause } from '@nexomatic/contracts/sink-transition-api';
import { id, instant, text } from './columns.ts';

/** A sink came, went, or began to do what it was told. */
export const SinkTransition = defineEntity({
  name: 'SinkTransition',
  tableName: 'sink_transitions',
  primaryKeys: ['tenantId', 'id'],
  properties: {
    tenantId: id('tenant').primary(),
    id: id('sinkTransition').primary(),
    sinkId: id('sink'),
    status: text(16).$type<SinkStatus>(),
    cause: text(16).$type<TransitionCause>(),
    at: instant(),
    /** It happened that often, with little between; `lastAt` is the last time. */
    times: p.integer().default(1),
    lastAt: instant(),
  },
  indexes: [{ properties: ['tenantId', 'sinkId', 'id'] }, { properties: ['tenantId', 'lastAt'] }],
});
export type SinkTransition = InferEntity<typeof SinkTransition>;
