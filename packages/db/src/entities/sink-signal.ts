import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { SignalKind, SignalOutcome } from '@nexomatic/contracts/signal-api';
import { id, instant, instantNow, text } from './columns.ts';

/** What a sink was told to do. It is open until it is done, and is told again to whoever comes as this sink. */
export const SinkSignal = defineEntity({
  name: 'SinkSignal',
  tableName: 'sink_signals',
  primaryKeys: ['tenantId', 'id'],
  properties: {
    tenantId: id('tenant').primary(),
    id: id('signal').primary(),
    sinkId: id('sink'),
    kind: text(16).$type<SignalKind>(),
    /** Whose attempt is cancelled. */
    eventId: id('event').nullable(),
    attempt: p.integer().nullable(),
    /** As the activity of events names people. */
    createdBy: text(100),
    sentAt: instantNow(),
    receivedAt: instant().nullable(),
    doneAt: instant().nullable(),
    outcome: text(10).$type<SignalOutcome>().nullable(),
    detail: text(500).default(''),
  },
  // The second finds what is open, of all sinks at once.
  indexes: [{ properties: ['tenantId', 'sinkId'] }, { properties: ['doneAt'] }],
});
export type SinkSignal = InferEntity<typeof SinkSignal>;
