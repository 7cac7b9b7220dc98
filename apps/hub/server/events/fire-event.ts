import { createHash } from 'node:crypto';
import type { Clock } from '@nexomatic/clock';
import { maxBodyBytes } from '@nexomatic/contracts/envelope';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { EventState } from '@nexomatic/contracts/event-state';
import { type Id, newId } from '@nexomatic/contracts/id';
import type { Database } from '@nexomatic/db/database';
import { Event } from '@nexomatic/db/entities/event';
import type { Definitions } from '../definitions/definitions.ts';
import type { AcceptEvents } from '../ingress/accept-event.ts';
import { apiSource } from './api-source.ts';

export interface FireEvent {
  tenantId: Id<'tenant'>;
  /** Name of an event type. */
  type: string;
  /** JSON text of the payload, kept as it is. */
  payload: string;
  idempotencyKey: string | null;
  remoteAddress: string;
}

export interface FiredEvent {
  id: Id<'event'>;
  state: EventState;
  duplicate: boolean;
}

interface Deps {
  db: Database;
  clock: Clock;
  definitions: Definitions;
  acceptEvent: AcceptEvents;
}

/** Longest `Idempotency-Key` that is taken. */
const maxKeyLength = 255;

/** Fires an event by the name of its type: what the API, the typed client and "Fire" in the pages do. */
export async function fireEvent(deps: Deps, input: FireEvent): Promise<FiredEvent> {
  const { tenantId, type, idempotencyKey } = input;
  if (idempotencyKey !== null && (idempotencyKey === '' || idempotencyKey.length > maxKeyLength)) {
    throw new NexomaticError('bad_request', `The Idempotency-Key must have 1 to ${maxKeyLength} characters.`);
  }
  const body = Buffer.from(input.payload);
  if (body.length > maxBodyBytes) {
    throw new NexomaticError('payload_too_large', `The payload has ${body.length} bytes; ${maxBodyBytes} are allowed.`);
  }
  const eventType = await deps.definitions.eventTypeByName(tenantId, type);
  if (!eventType) throw unknownType(type);
  if (eventType.sourceKind !== null && eventType.sourceKind !== 'CUSTOM') {
    const kind = eventType.sourceKind;
    throw new NexomaticError('unprocessable', `Event type ${type} is fired by sources of kind ${kind} only.`);
  }
  const outcome = await deps.acceptEvent({
    tenantId,
    eventTypeId: eventType.id,
    sourceId: await apiSource(deps.db, tenantId),
    receiptId: newId('receipt'),
    dedupeKey: idempotencyKey === null ? null : dedupeKeyOf(idempotencyKey),
    body,
    contentType: 'application/json',
    remoteAddress: input.remoteAddress,
    headers: [],
    receivedAt: deps.clock.now(),
    rejectOtherBody: true,
  });
  switch (outcome.kind) {
    case 'accepted':
      return { id: outcome.eventId, state: 'QUEUED', duplicate: false };
    case 'duplicate':
      return earlierEvent(deps.db, tenantId, outcome.eventId, eventType.id);
    case 'idempotency_conflict':
      throw otherBody();
    case 'event_type_disabled':
      throw new NexomaticError('event_type_disabled', `Event type ${type} is disabled.`);
    case 'event_type_not_found':
      throw unknownType(type);
    case 'unavailable':
      throw new NexomaticError(
        'unavailable',
        `The hub can not store it just now; try again in ${outcome.retryAfterSeconds} s.`,
      );
    default:
      return outcome satisfies never;
  }
}

/** The key is the caller's own text of any length, the column 32 bytes; the source in its index keeps callers apart. */
const dedupeKeyOf = (key: string): Uint8Array => createHash('sha256').update(key).digest();

async function earlierEvent(
  db: Database,
  tenantId: Id<'tenant'>,
  id: Id<'event'> | null,
  eventTypeId: Id<'eventType'>,
): Promise<FiredEvent> {
  const event = id && (await db.tenantEm(tenantId).findOne(Event, { id }, { fields: ['id', 'state', 'eventTypeId'] }));
  // The type is part of what was sent, but not of the stored body that was compared.
  if (!event || event.eventTypeId !== eventTypeId) throw otherBody();
  return { id: event.id, state: event.state, duplicate: true };
}

const otherBody = (): NexomaticError =>
  new NexomaticError(
    'idempotency_conflict',
    'This Idempotency-Key came before with another body or event type; use a new key for a new event.',
  );

const unknownType = (type: string): NexomaticError =>
  new NexomaticError('not_found', `There is no event type ${type} here.`, {
    errors: [{ path: 'type', message: 'no event type has this name' }],
  });
