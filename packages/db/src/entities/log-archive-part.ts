import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { id, instant, text } from './columns.ts';

/** Where one attempt's log stands in an archive: an attempt has one part at most of each kind. */
export const LogArchivePart = defineEntity({
  name: 'LogArchivePart',
  tableName: 'log_archive_parts',
  primaryKeys: ['tenantId', 'eventId', 'attempt', 'kind'],
  properties: {
    tenantId: id('tenant').primary(),
    eventId: id('event').primary(),
    attempt: p.smallint().unsigned().primary(),
    kind: text(8).$type<'output' | 'records'>().primary(),
    archiveId: id('logArchive'),
    chunks: p.integer().unsigned(),
    /** Of the chunks' own bytes. */
    bytes: p.integer().unsigned(),
    /** JSON array of `[offset, length, first chunk]`: which bytes of the object to read. */
    blocks: p.text(),
    /** JSON array of `[chunk, at, lines, errors]`: lines are numbered by it without reading the object. */
    outline: p.text().columnType('mediumtext'),
    /** Until when its rows stand in the database again, because somebody asked for it; null: they do not. */
    hotUntil: instant().nullable(),
    /** Since when all of them do; null while they are written, and when they begin to go. */
    hotSince: instant().nullable(),
    /** What all of its lines have in common. */
    eventTypeId: id('eventType').nullable(),
    sourceId: id('source').nullable(),
    sinkId: id('sink').nullable(),
    /** Times of its first and last lines that say something; null where there are none, and once it is no longer kept. */
    firstAt: instant().nullable(),
    lastAt: instant().nullable(),
    /** Furthest that a line's own time is from that of its chunk. */
    driftMs: p.integer().unsigned().nullable(),
    /** Its lines are more than an hour apart: these are looked for by themselves, so that all others lie near to their end. */
    longLasting: p.boolean().default(false),
    /** Lines that say something, by level; null where nobody counted them. */
    linesNone: p.integer().unsigned().nullable(),
    linesDebug: p.integer().unsigned().nullable(),
    linesInfo: p.integer().unsigned().nullable(),
    linesWarn: p.integer().unsigned().nullable(),
    linesError: p.integer().unsigned().nullable(),
  },
  indexes: [
    { name: 'log_archive_parts_by_archive', properties: ['tenantId', 'archiveId'] },
    { name: 'log_archive_parts_by_hot', properties: ['hotUntil'] },
    { name: 'log_archive_parts_by_time', properties: ['tenantId', 'longLasting', 'lastAt'] },
  ],
});
export type LogArchivePart = InferEntity<typeof LogArchivePart>;
