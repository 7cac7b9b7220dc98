import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { id, text } from './columns.ts';

/** How many requests of a source came to what, by the hour: what its page shows without counting receipts. */
export const SourceStat = defineEntity({
  name: 'SourceStat',
  tableName: 'source_stats',
  primaryKeys: ['tenantId', 'sourceId', 'slot', 'outcome'],
  properties: {
    tenantId: id('tenant').primary(),
    sourceId: id('source').primary(),
    /** Begin of the hour, UTC. */
    slot: p.datetime(0).primary(),
    outcome: text(12).$type<'accepted' | 'duplicate' | 'filtered' | 'refused'>().primary(),
    n: p.integer().unsigned(),
  },
  indexes: [{ name: 'source_stats_by_slot', properties: ['slot'] }],
});
export type SourceStat = InferEntity<typeof SourceStat>;
