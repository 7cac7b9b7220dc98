import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { LogChannel } from '@nexomatic/contracts/sink-protocol';
import { body, id, instant, text } from './columns.ts';

/** How a body stands in the table. */
export type LogEncoding = 'plain' | 'gzip';

/** A piece of an attempt's log; its number makes sending it again harmless. */
export const LogChunk = defineEntity({
  name: 'LogChunk',
  tableName: 'log_chunks',
  primaryKeys: ['tenantId', 'eventId', 'attempt', 'seq'],
  properties: {
    tenantId: id('tenant').primary(),
    eventId: id('event').primary(),
    attempt: p.smallint().unsigned().primary(),
    seq: p.integer().unsigned().primary(),
    channel: text(8).$type<LogChannel>(),
    at: instant(),
    body: body(),
    /** Null, as hubs before it wrote it: plain. */
    encoding: text(8).$type<LogEncoding>().nullable(),
    /** Line feeds in the plain body, by which lines are numbered. Null where an earlier hub wrote the row. */
    lineCount: p.integer().unsigned().nullable(),
    /** Records of level error in it, or more; null as above. */
    errorCount: p.integer().unsigned().nullable(),
  },
});
export type LogChunk = InferEntity<typeof LogChunk>;
