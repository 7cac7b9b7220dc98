import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { SinkRuntime } from '@nexomatic/contracts/sink-protocol';
import { id, name, text } from './columns.ts';

/** Sinks that can stand in for each other: they take from one queue. */
export const SinkType = defineEntity({
  name: 'SinkType',
  tableName: 'sink_types',
  primaryKeys: ['tenantId', 'id'],
  properties: {
    tenantId: id('tenant').primary(),
    id: id('sinkType').primary(),
    name: name(),
    description: text(500).default(''),
    version: p.integer().version(),
    runtime: text(16).$type<SinkRuntime>(),
  },
  uniques: [{ properties: ['tenantId', 'name'] }],
});
export type SinkType = InferEntity<typeof SinkType>;
