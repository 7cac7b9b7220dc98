import { defineEntity, type InferEntity } from '@mikro-orm/core';
import { id, text } from './columns.ts';

export type BulkOutcome = 'done' | 'skipped' | 'failed';

/** What a bulk job did to one event; an event has at most one in a job, however often a batch is repeated. */
export const BulkResult = defineEntity({
  name: 'BulkResult',
  tableName: 'bulk_results',
  primaryKeys: ['tenantId', 'bulkJobId', 'eventId'],
  properties: {
    tenantId: id('tenant').primary(),
    bulkJobId: id('bulkJob').primary(),
    /** The event that the query found. */
    eventId: id('event').primary(),
    outcome: text(8).$type<BulkOutcome>(),
    /** The event to look at afterwards: the new one of a re-run, the same one of a cancellation; null unless done. */
    resultEventId: id('event').nullable(),
    /** Why it was skipped or failed. */
    message: text(500).nullable(),
  },
  indexes: [
    { properties: ['tenantId', 'bulkJobId', 'resultEventId'] },
    { properties: ['tenantId', 'bulkJobId', 'outcome', 'eventId'] },
  ],
});
export type BulkResult = InferEntity<typeof BulkResult>;
