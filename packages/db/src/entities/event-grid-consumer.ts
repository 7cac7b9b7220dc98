import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { id, instant, text } from './columns.ts';

/** Who pulls a source of kind EVENT_GRID, and how that goes. Written by statements alone: see `ledger/event-grid.ts`. */
export const EventGridConsumer = defineEntity({
  name: 'EventGridConsumer',
  tableName: 'event_grid_consumers',
  primaryKeys: ['tenantId', 'sourceId'],
  properties: {
    tenantId: id('tenant').primary(),
    sourceId: id('source').primary(),
    /** The hub that may pull until `leaseUntil`; null for nobody. */
    owner: text(100).nullable(),
    leaseUntil: instant().nullable(),
    inFlight: p.integer().unsigned().default(0),
    /** How old the oldest event of the last poll was. */
    lagMs: p.bigint('number').unsigned().nullable(),
    lastPollAt: instant().nullable(),
    lastEventAt: instant().nullable(),
    nextPollAt: instant().nullable(),
    /** Failed polls in a row. */
    failures: p.integer().unsigned().default(0),
    lastError: text(300).nullable(),
    lastErrorAt: instant().nullable(),
    /** Also numbers the polls. */
    polls: p.bigint('number').unsigned().defaultRaw('0'),
    received: p.bigint('number').unsigned().defaultRaw('0'),
    accepted: p.bigint('number').unsigned().defaultRaw('0'),
    duplicates: p.bigint('number').unsigned().defaultRaw('0'),
    rejected: p.bigint('number').unsigned().defaultRaw('0'),
    released: p.bigint('number').unsigned().defaultRaw('0'),
  },
});
export type EventGridConsumer = InferEntity<typeof EventGridConsumer>;
