import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { PollOutcome } from '@nexomatic/contracts/event-grid-api';
import { id, instant, text } from './columns.ts';

/** The last polls of a source of kind EVENT_GRID: a ring, so that no more than its slots are ever kept. */
export const EventGridPoll = defineEntity({
  name: 'EventGridPoll',
  tableName: 'event_grid_polls',
  primaryKeys: ['tenantId', 'sourceId', 'slot'],
  properties: {
    tenantId: id('tenant').primary(),
    sourceId: id('source').primary(),
    slot: p.smallint().unsigned().primary(),
    number: p.bigint('number').unsigned(),
    startedAt: instant(),
    durationMs: p.integer().unsigned(),
    outcome: text(12).$type<PollOutcome>(),
    received: p.integer().unsigned(),
    accepted: p.integer().unsigned(),
    duplicates: p.integer().unsigned(),
    rejected: p.integer().unsigned(),
    released: p.integer().unsigned(),
    detail: text(300).nullable(),
  },
});
export type EventGridPoll = InferEntity<typeof EventGridPoll>;
