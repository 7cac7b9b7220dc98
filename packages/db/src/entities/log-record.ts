import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { id, instant, text } from './columns.ts';

/**
 * A line of a log as it is searched for across events. It only leads to the log: the chunks are the truth, and rows of an
 * attempt go when its chunks do. Which lines have one: `ledger/log-records.ts`; why these keys: docs/decisions/0029-log-search.md.
 */
export const LogRecord = defineEntity({
  name: 'LogRecord',
  tableName: 'log_records',
  primaryKeys: ['tenantId', 'at', 'eventId', 'attempt', 'seq', 'line'],
  properties: {
    tenantId: id('tenant').primary(),
    at: instant().primary(),
    eventId: id('event').primary(),
    attempt: p.smallint().unsigned().primary(),
    /** Of the chunk in which the line begins. */
    seq: p.integer().unsigned().primary(),
    /** Line feeds that stand before it in that chunk. */
    line: p.integer().unsigned().primary(),
    /** 0 for output, which has none; then as `logLevels` has them, from 1. */
    level: p.tinyint().unsigned(),
    channel: text(8),
    eventTypeId: id('eventType'),
    sourceId: id('source').nullable(),
    sinkId: id('sink'),
    /** Its first characters. */
    text: text(500),
    /** One JSON object of the fields that fit, with dotted paths as keys and no deeper values. */
    fields: text(1_000).nullable(),
  },
  indexes: [
    { name: 'log_records_by_event', properties: ['tenantId', 'eventId', 'attempt'] },
    { name: 'log_records_by_level', properties: ['tenantId', 'level', 'at'] },
    { name: 'log_records_by_type', properties: ['tenantId', 'eventTypeId', 'level', 'at'] },
  ],
});
export type LogRecord = InferEntity<typeof LogRecord>;
