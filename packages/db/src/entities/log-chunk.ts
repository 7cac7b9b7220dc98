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
    /** Lines of the log before it, in what was lost too, by its agent's count. Null where that did not count. */
    linesBefore: p.integer().unsigned().nullable(),
    /** The chunk whose last line goes on here, 0 for none; null as above. */
    continues: p.integer().unsigned().nullable(),
    /** Set: no output, but a mark of `lineCount` lines that were lost, and why. */
    lostWhy: text(200).nullable(),
    /** Of a mark: what the hub gets behind it is lost too, until the next chunk that there is. */
    lostGoesOn: p.boolean().nullable(),
    /** Bytes of the attempt's log up to and with this chunk, plain. Null where an earlier hub wrote the row. */
    logBytes: p.integer().unsigned().nullable(),
  },
});
export type LogChunk = InferEntity<typeof LogChunk>;
