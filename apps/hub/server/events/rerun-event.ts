import type { Clock } from '@nexomatic/clock';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import { isTerminal } from '@nexomatic/contracts/event-state';
import { type Id, newId } from '@nexomatic/contracts/id';
import type { Database } from '@nexomatic/db/database';
import { Event } from '@nexomatic/db/entities/event';
import { EventPayload } from '@nexomatic/db/entities/event-payload';
import { Sink } from '@nexomatic/db/entities/sink';
import type { EntityManager } from '@nexomatic/db/query';
import type { Definitions, EventTypeDefinition } from '../definitions/definitions.ts';
import type { AcceptEvents } from '../ingress/accept-event.ts';
import { apiSource } from './api-source.ts';
import { checkBody, type FiredEvent, firedEvent } from './fired-event.ts';
import { eventNotFound } from './get-event.ts';

export interface RerunEvent {
  tenantId: Id<'tenant'>;
  /** The event to repeat. */
  id: Id<'event'>;
  /** JSON text of another payload; null for the event's own, byte for byte. */
  payload: string | null;
  /** 32 bytes that tell one wish from its repetition; null when there is nothing to tell them apart by. */
  dedupeKey: Uint8Array | null;
  /** Who wants it, as the activity of events names people. */
  by: string;
  /** The same, where they hold `events.bypass`: another payload than the event's own is firing by hand. */
  bypassedBy?: string | null;
  /** Of what it is part, for the activity: `by blk_…`. */
  note?: string;
  remoteAddress: string;
}

interface Deps {
  db: Database;
  clock: Clock;
  definitions: Definitions;
  acceptEvent: AcceptEvents;
}

/**
 * Runs a finished event again: a new event in a chain of its own, by the definitions as they are now. One that was pinned
 * to a sink stays pinned as long as that sink can run it.
 */
export async function rerunEvent(deps: Deps, input: RerunEvent): Promise<FiredEvent> {
  const { db } = deps;
  const { tenantId, id } = input;
  const em = db.tenantEm(tenantId);
  const fields = ['id', 'state', 'eventTypeId', 'pinnedSinkId'] as const;
  const event = await em.findOne(Event, { id }, { fields });
  if (!event) throw eventNotFound(id);
  if (!isTerminal(event.state)) {
    throw new NexomaticError('conflict', `The event is ${event.state}; run it again when it has ended, or cancel it.`);
  }
  const eventType = await deps.definitions.eventType(tenantId, event.eventTypeId);
  if (!eventType) throw new NexomaticError('conflict', 'Its event type has been deleted; it can not be run again.');
  const { body, contentType } = await payloadOf(em, input);
  const outcome = await deps.acceptEvent({
    tenantId,
    eventTypeId: eventType.id,
    sourceId: await apiSource(db, tenantId),
    sourceKind: input.payload === null ? null : 'CUSTOM',
    bypassedBy: input.bypassedBy ?? null,
    receiptId: newId('receipt'),
    dedupeKey: input.dedupeKey,
    body,
    contentType,
    remoteAddress: input.remoteAddress,
    headers: [],
    receivedAt: deps.clock.now(),
    rejectOtherBody: true,
    pinnedSinkId: event.pinnedSinkId ? await stillPinned(em, event.pinnedSinkId, eventType) : null,
    rerun: { of: id, by: input.by, ...(input.note === undefined ? {} : { note: input.note }) },
  });
  return firedEvent(db, outcome, { tenantId, eventType, rerunOf: id });
}

async function payloadOf(em: EntityManager, { id, payload }: RerunEvent) {
  if (payload !== null) {
    const body = Buffer.from(payload);
    checkBody(body);
    return { body, contentType: 'application/json' };
  }
  const stored = await em.findOne(EventPayload, { eventId: id });
  if (!stored) throw new NexomaticError('conflict', 'Its payload is no longer kept; run it again with a new one.');
  return stored;
}

async function stillPinned(
  em: EntityManager,
  id: Id<'sink'>,
  { sinkTypeId }: EventTypeDefinition,
): Promise<Id<'sink'> | null> {
  return (await em.findOne(Sink, { id, sinkTypeId }, { fields: ['id'] }))?.id ?? null;
}
