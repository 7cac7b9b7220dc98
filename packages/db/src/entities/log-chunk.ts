import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { LogChannel } from '@nexomatic/contracts/sink-protocol';
import { body, id, instant, text } from './columns.ts';

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
  },
});
export type LogChunk = InferEntity<typeof LogChunk>;
