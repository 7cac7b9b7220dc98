import { createHash } from 'node:crypto';
import { maxPayloadBytes } from '@nexomatic/contracts/envelope';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { EventState } from '@nexomatic/contracts/event-state';
import type { Id } from '@nexomatic/contracts/id';
import type { Database } from '@nexomatic/db/database';
import { Event } from '@nexomatic/db/entities/event';
import type { AcceptOutcome } from '../ingress/accept-event.ts';

/** What firing by hand and re-running have in common: their checks, and what they say of the outcome. */

export interface FiredEvent {
  id: Id<'event'>;
  state: EventState;
  duplicate: boolean;
}

/** Longest `Idempotency-Key` that is taken. */
const maxKeyLength = 255;

/** The key is the caller's own text of any length, the column 32 bytes; the source in its index keeps callers apart. */
export function dedupeKeyOf(idempotencyKey: string | null): Uint8Array | null {
  if (idempotencyKey === null) return null;
  if (idempotencyKey === '' || idempotencyKey.length > maxKeyLength) {
    throw new NexomaticError('bad_request', `The Idempotency-Key must have 1 to ${maxKeyLength} characters.`);
  }
  return createHash('sha256').update(idempotencyKey).digest();
}

/** Refuses a payload that is too large. */
export function checkBody(body: Uint8Array): void {
  if (body.length <= maxPayloadBytes) return;
  throw new NexomaticError(
    'payload_too_large',
    `The payload has ${body.length} bytes; ${maxPayloadBytes} are allowed.`,
  );
}

export const unknownType = (type: string): NexomaticError =>
  new NexomaticError('not_found', `There is no event type ${type} here.`, {
    errors: [{ path: 'type', message: 'no event type has this name' }],
  });

/** What was asked for, beside the body that the receipt remembers. */
interface Asked {
  tenantId: Id<'tenant'>;
  eventType: { id: Id<'eventType'>; name: string };
  rerunOf: Id<'event'> | null;
}

/** The event that came of it; throws where it was refused. */
export async function firedEvent(db: Database, outcome: AcceptOutcome, asked: Asked): Promise<FiredEvent> {
  const { name } = asked.eventType;
  switch (outcome.kind) {
    case 'accepted':
      return { id: outcome.eventId, state: 'QUEUED', duplicate: false };
    case 'duplicate':
      return earlierEvent(db, outcome.eventId, asked);
    case 'idempotency_conflict':
      throw otherBody();
    case 'event_type_disabled':
      throw new NexomaticError('event_type_disabled', `Event type ${name} is disabled.`);
    case 'source_kind_refused': {
      const detail = `Event type ${name} is fired by ${outcome.allowed} sources; to fire it yourself you need events.bypass.`;
      throw new NexomaticError('forbidden', detail);
    }
    case 'payload_invalid': {
      const detail = `The payload does not pass the schema of ${name}; see errors.`;
      throw new NexomaticError('payload_invalid', detail, { errors: outcome.errors });
    }
    case 'event_type_not_found':
      throw unknownType(name);
    case 'unavailable':
      throw new NexomaticError(
        'unavailable',
        `The hub can not store it just now; try again in ${outcome.retryAfterSeconds} s.`,
      );
    default:
      return outcome satisfies never;
  }
}

async function earlierEvent(
  db: Database,
  id: Id<'event'> | null,
  { tenantId, eventType, rerunOf }: Asked,
): Promise<FiredEvent> {
  const fields = ['id', 'state', 'eventTypeId', 'rerunOf'] as const;
  const event = id && (await db.tenantEm(tenantId).findOne(Event, { id }, { fields }));
  // These are part of what was asked for, but not of the stored body that was compared.
  if (!event || event.eventTypeId !== eventType.id || (event.rerunOf ?? null) !== rerunOf) throw otherBody();
  return { id: event.id, state: event.state, duplicate: true };
}

const otherBody = (): NexomaticError =>
  new NexomaticError(
    'idempotency_conflict',
    'This Idempotency-Key came before with another body or event type; use a new key for a new event.',
  );
