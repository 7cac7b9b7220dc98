import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { EventReason } from '@nexomatic/contracts/event-state';
import { body, id, instant, text } from './columns.ts';

export const attemptStates = ['RUNNING', 'SUCCESS', 'WARNING', 'ERROR', 'LOST', 'HANDED_BACK'] as const;
export type AttemptState = (typeof attemptStates)[number];

/** One execution of an event. Never changed once it is finished. */
export const Attempt = defineEntity({
  name: 'Attempt',
  tableName: 'attempts',
  primaryKeys: ['tenantId', 'eventId', 'number'],
  properties: {
    tenantId: id('tenant').primary(),
    eventId: id('event').primary(),
    /** Counts from 1 and is the fencing token: a report with another number changes nothing. */
    number: p.smallint().unsigned().primary(),
    sinkId: id('sink').nullable(),
    state: text(12).$type<AttemptState>(),
    reason: text(32).$type<EventReason>().nullable(),
    message: text(2_000).nullable(),
    exitCode: p.integer().nullable(),
    /** Versions of the definitions that it ran. */
    eventTypeVersion: p.integer().nullable(),
    actionVersion: p.integer().nullable(),
    module: text(300),
    /** JSON array of the parameters as they were resolved. */
    parameters: body(),
    startedAt: instant(),
    finishedAt: instant().nullable(),
    /** Highest log number that the sink says it sent. */
    lastLogSeq: p.integer().default(0),
    /** Lines of its log, with those that were lost, by the sink's count; null where that does not count. */
    lastLogLine: p.integer().unsigned().nullable(),
  },
  checks: [{ name: 'attempts_running_has_no_end', expression: "(`state` = 'RUNNING') = (`finished_at` is null)" }],
});
export type Attempt = InferEntity<typeof Attempt>;
