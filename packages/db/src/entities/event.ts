import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { type Edge, type EventReason, edges, eventStates } from '@nexomatic/contracts/event-state';
import { id, instant, instantNow, text } from './columns.ts';

const final = "`state` in ('SUCCESS','WARNING','ERROR')";

/**
 * One unit of work. Written by `ledger/` alone, read here. No foreign keys: the table is hot, and can be split by
 * tenant. Its payload stands in a table of its own, so that lists never read it.
 */
export const Event = defineEntity({
  name: 'Event',
  tableName: 'events',
  primaryKeys: ['tenantId', 'id'],
  properties: {
    tenantId: id('tenant').primary(),
    id: id('event').primary(),
    eventTypeId: id('eventType'),
    actionId: id('action'),
    sinkTypeId: id('sinkType'),
    pinnedSinkId: id('sink').nullable(),
    /** What fired it; both null for follow-ons and re-runs. */
    sourceId: id('source').nullable(),
    receiptId: id('receipt').nullable(),
    /** The schedule that its source fired it for. */
    scheduleId: id('schedule').nullable(),
    state: p.enum(eventStates),
    reason: text(32).$type<EventReason>().nullable(),
    /** One line for lists. */
    message: text(500).nullable(),
    /** Number of the latest attempt; 0 before the first. */
    attempt: p.smallint().unsigned().default(0),
    /** How often a sink was lost while running it. */
    stalls: p.tinyint().unsigned().default(0),
    parentId: id('event').nullable(),
    /** Which outcome of the parent fired it. */
    edge: p.enum(edges).$type<Edge>().nullable(),
    rootId: id('event'),
    depth: p.tinyint().unsigned(),
    rerunOf: id('event').nullable(),
    /** Sink of the latest attempt. */
    sinkId: id('sink').nullable(),
    createdAt: instantNow(),
    /** Not to be started before. */
    availableAt: instant(),
    startedAt: instant().nullable(),
    finishedAt: instant().nullable(),
    /** The sink must renew before, or counts as lost. */
    leaseUntil: instant().nullable(),
    /** The attempt must end before. */
    runUntil: instant().nullable(),
    /** A sink must have claimed it before. */
    expiresAt: instant(),
    /** Somebody asked to end it while it ran; its sink is told at the next renewal. */
    cancelRequestedAt: instant().nullable(),
    /** The next of its deadlines: what the sweeper looks at. Null once it is final. */
    dueAt: instant().nullable(),
  },
  // Why each of these, and the one way to list by them: docs/decisions/0002-event-indexes.md, event-walks.ts
  indexes: [
    { name: 'events_by_state', properties: ['tenantId', 'state', 'id'] },
    { name: 'events_by_type', properties: ['tenantId', 'eventTypeId', 'state', 'id'] },
    { name: 'events_by_source', properties: ['tenantId', 'sourceId', 'id'] },
    { name: 'events_by_root', properties: ['tenantId', 'rootId', 'id'] },
    { name: 'events_by_due', properties: ['dueAt'] },
  ],
  uniques: [{ properties: ['tenantId', 'parentId', 'edge'] }],
  checks: [
    { name: 'events_final_has_end', expression: `(${final}) = (\`finished_at\` is not null)` },
    { name: 'events_final_has_no_deadline', expression: `(${final}) = (\`due_at\` is null)` },
    { name: 'events_running_has_lease', expression: "(`state` = 'RUNNING') = (`lease_until` is not null)" },
    { name: 'events_depth', expression: '`depth` <= 33' },
  ],
});
export type Event = InferEntity<typeof Event>;
