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
  },
  indexes: [
    { name: 'log_archive_parts_by_archive', properties: ['tenantId', 'archiveId'] },
    { name: 'log_archive_parts_by_hot', properties: ['hotUntil'] },
  ],
});
export type LogArchivePart = InferEntity<typeof LogArchivePart>;
