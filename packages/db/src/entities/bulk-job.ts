import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { BulkAction, BulkState } from '@nexomatic/contracts/bulk-api';
import { id, instant, instantNow, name, text } from './columns.ts';

/** Re-runs or cancels what a frozen query finds up to a frozen instant, newest first, batch by batch. */
export const BulkJob = defineEntity({
  name: 'BulkJob',
  tableName: 'bulk_jobs',
  primaryKeys: ['tenantId', 'id'],
  properties: {
    tenantId: id('tenant').primary(),
    id: id('bulkJob').primary(),
    name: name(),
    action: text(12).$type<BulkAction>(),
    query: text(2_000),
    /** Events that were re-run before are left out. */
    skipRerun: p.boolean().default(false),
    /** Upper bound: only events created before it are found. */
    until: instant(),
    state: text(12).$type<BulkState>().default('RUNNING'),
    message: text(500).nullable(),
    /** Events counted when it was made, and whether there may have been more. */
    counted: p.integer(),
    countedMore: p.boolean(),
    done: p.integer().default(0),
    skipped: p.integer().default(0),
    failed: p.integer().default(0),
    /** Where the next batch begins: the list's own cursor; null at first. */
    position: text(200).nullable(),
    /** Until then one hub works on it; another takes over afterwards. */
    heldUntil: instant().nullable(),
    /** Random name of that hub's hold, so that a hub which lost it changes nothing. */
    heldBy: text(40).nullable(),
    /** Prefixed id of who made it. */
    createdById: text(40).nullable(),
    createdByName: text(200),
    createdAt: instantNow(),
    finishedAt: instant().nullable(),
  },
  indexes: [{ properties: ['state', 'heldUntil'] }],
  checks: [{ name: 'bulk_jobs_final_has_end', expression: "(`state` <> 'RUNNING') = (`finished_at` is not null)" }],
});
export type BulkJob = InferEntity<typeof BulkJob>;
