import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { id, instant, instantNow, sha256, text } from './columns.ts';

/**
 * - `writing`: the object may or may not be there, and nothing refers to it. Given up when it stays so.
 * - `stored`: the object was read back and is what was written; its parts are read from it. The rows that it was made of are
 *   still being deleted.
 * - `settled`: those rows are gone.
 * - `rewriting`: some of its logs were taken out; what is left is being moved to another object.
 * - `deleting`: nothing refers to it; the object goes, then this row.
 */
export const logArchiveStates = ['writing', 'stored', 'settled', 'rewriting', 'deleting'] as const;
export type LogArchiveState = (typeof logArchiveStates)[number];

/** An object of the blob store that holds many logs of one tenant. */
export const LogArchive = defineEntity({
  name: 'LogArchive',
  tableName: 'log_archives',
  primaryKeys: ['tenantId', 'id'],
  properties: {
    tenantId: id('tenant').primary(),
    id: id('logArchive').primary(),
    kind: text(8).$type<'output' | 'records'>(),
    /** Of logs that are kept by a clock of their event type's own; null: by their tenant's. */
    eventTypeId: id('eventType').nullable(),
    state: text(10).$type<LogArchiveState>(),
    /** Bytes of the object, and of the chunks that it holds; 0 until it was read back. */
    size: p.integer().unsigned(),
    bytes: p.bigint('number').unsigned(),
    /** How many logs it holds; fewer parts refer to it once some were taken out. */
    logs: p.integer().unsigned().default(0),
    sha256: sha256().nullable(),
    /** When the last of its attempts was finished: its clock starts there. */
    newestAt: instant(),
    createdAt: instantNow(),
  },
  indexes: [
    { name: 'log_archives_by_state', properties: ['tenantId', 'state'] },
    { name: 'log_archives_by_age', properties: ['tenantId', 'kind', 'newestAt'] },
  ],
});
export type LogArchive = InferEntity<typeof LogArchive>;
