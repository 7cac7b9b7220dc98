import { hash } from 'node:crypto';
import type { Clock } from '@nexomatic/clock';
import { type Id, newId } from '@nexomatic/contracts/id';
import type { AcceptEvents, AcceptOutcome } from '../../ingress/accept-event.ts';
import type { LockedEvent, ReleaseDelay } from './open-subscription.ts';

/** What becomes of an event that Azure has locked for this hub. */
export type Verdict =
  | { kind: 'accepted' | 'duplicate' }
  /** It can never be taken. Azure dead-letters it, and the source keeps it as a refused request. */
  | { kind: 'rejected'; cause: string; detail: string }
  /** It may be taken later. Azure gives it out again after the delay. */
  | { kind: 'released'; detail: string; delaySeconds: ReleaseDelay };

export interface TakenFor {
  tenantId: Id<'tenant'>;
  sourceId: Id<'source'>;
  eventTypeId: Id<'eventType'>;
  /** Host of the namespace, kept as where it came from. */
  host: string;
}

/**
 * Takes one event. Two with the same `source` and `id` are one, as CloudEvents says; Azure delivers at least once. The payload is
 * the CloudEvent itself, byte for byte.
 */
export async function takeEvent(
  { acceptEvent, clock }: { acceptEvent: AcceptEvents; clock: Clock },
  { tenantId, sourceId, eventTypeId, host }: TakenFor,
  event: LockedEvent,
): Promise<Verdict> {
  const facts = cloudEventFacts(event.json);
  if (!facts) {
    return {
      kind: 'rejected',
      cause: 'invalid_cloud_event',
      detail: 'It has no id or no source, or is no JSON object.',
    };
  }
  const { id, source } = facts;
  const outcome = await acceptEvent({
    ...{ tenantId, sourceId, eventTypeId, sourceKind: 'EVENT_GRID', bypassedBy: null },
    receiptId: newId('receipt'),
    dedupeKey: hash('sha256', JSON.stringify(['cloud_event', source, id]), 'buffer'),
    body: Buffer.from(event.json),
    contentType: 'application/cloudevents+json',
    remoteAddress: host,
    headers: factHeaders(event),
    receivedAt: clock.now(),
    rejectOtherBody: false,
  });
  return verdictOf(outcome, event.deliveryCount);
}

/** What a receipt shows of an event, where a webhook's has the headers of its request. */
export function factHeaders({ json, deliveryCount }: LockedEvent): [name: string, value: string][] {
  const facts = cloudEventFacts(json);
  const names: [string, string][] = facts
    ? [
        ['ce-id', facts.id],
        ['ce-source', facts.source],
        ['ce-type', facts.type],
      ]
    : [];
  return [...names, ['aeg-delivery-count', String(deliveryCount)]];
}

function verdictOf(outcome: AcceptOutcome, deliveryCount: number): Verdict {
  const released = (detail: string): Verdict => ({ kind: 'released', detail, delaySeconds: delayOf(deliveryCount) });
  switch (outcome.kind) {
    case 'accepted':
    case 'duplicate':
      return { kind: outcome.kind };
    case 'payload_invalid': {
      const [first] = outcome.errors;
      const detail = `The schema of the event type does not take it: ${first?.path ?? ''} ${first?.message ?? ''}`;
      return { kind: 'rejected', cause: 'payload_invalid', detail };
    }
    // What a person can mend must not cost the event: without a dead-letter destination, rejecting is deleting.
    case 'event_type_not_found':
      return released('The event type that it fires is gone.');
    case 'event_type_disabled':
      return released('The event type that it fires is disabled.');
    case 'source_kind_refused':
      return released(`The event type that it fires takes events of ${outcome.allowed} sources alone.`);
    case 'unavailable':
      return released('The hub could not store it just now.');
    case 'idempotency_conflict':
      throw new Error('an event was compared with an earlier body, which only API calls ask for');
    default:
      return outcome satisfies never;
  }
}

/** Longer each time: Azure gives out an event ten times by default, and then dead-letters or deletes it. */
const delayOf = (deliveryCount: number): ReleaseDelay => {
  if (deliveryCount <= 2) return 10;
  if (deliveryCount <= 4) return 60;
  return deliveryCount <= 6 ? 600 : 3_600;
};

/** What tells events apart, and when it happened; null for what is no CloudEvent. */
export function cloudEventFacts(json: string) {
  const value = parse(json);
  if (typeof value !== 'object' || value === null || !('id' in value) || !('source' in value)) return null;
  const { id, source } = value;
  if (typeof id !== 'string' || typeof source !== 'string' || id === '' || source === '') return null;
  const type = 'type' in value && typeof value.type === 'string' ? value.type : '';
  const time = 'time' in value && typeof value.time === 'string' ? Date.parse(value.time) : Number.NaN;
  return { id, source, type, timeMs: Number.isFinite(time) ? time : null };
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
