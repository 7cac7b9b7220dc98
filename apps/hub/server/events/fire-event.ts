import type { Clock } from '@nexomatic/clock';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import { type Id, newId } from '@nexomatic/contracts/id';
import type { Database } from '@nexomatic/db/database';
import { Sink } from '@nexomatic/db/entities/sink';
import type { Definitions, EventTypeDefinition } from '../definitions/definitions.ts';
import type { AcceptEvents } from '../ingress/accept-event.ts';
import { firingSource } from '../sources/firing-source.ts';
import type { NoteReceived } from '../sources/note-received.ts';
import { checkBody, dedupeKeyOf, type FiredEvent, firedEvent, unknownType } from './fired-event.ts';

export interface FireEvent {
  tenantId: Id<'tenant'>;
  /** Name of an event type. */
  type: string;
  /** JSON text of the payload, kept as it is. */
  payload: string;
  /** Name of the CUSTOM source that it is fired as; null for the caller's own, or else the hub's. */
  source: string | null;
  /** The source whose credential the caller showed: it fires as that one alone. */
  boundTo: Id<'source'> | null;
  /** Name of the one sink that may run it. */
  sink: string | null;
  delaySeconds: number;
  idempotencyKey: string | null;
  remoteAddress: string;
  /** Who fires it, where they hold `events.bypass`; null for everybody else. */
  bypassedBy: string | null;
}

interface Deps {
  db: Database;
  clock: Clock;
  definitions: Definitions;
  acceptEvent: AcceptEvents;
  noteReceived: NoteReceived;
}

/** Fires an event by the name of its type: what the API, the typed client and "Fire" in the pages do. */
export async function fireEvent(deps: Deps, input: FireEvent): Promise<FiredEvent> {
  const { tenantId, type, idempotencyKey } = input;
  const dedupeKey = dedupeKeyOf(idempotencyKey);
  const body = Buffer.from(input.payload);
  checkBody(body);
  const eventType = await deps.definitions.eventTypeByName(tenantId, type);
  if (!eventType) throw unknownType(type);
  const sourceId = await firingSource(deps.db, tenantId, input);
  deps.noteReceived({ tenantId, id: sourceId });
  const outcome = await deps.acceptEvent({
    tenantId,
    eventTypeId: eventType.id,
    sourceId,
    sourceKind: 'CUSTOM',
    bypassedBy: input.bypassedBy,
    receiptId: newId('receipt'),
    dedupeKey,
    body,
    contentType: 'application/json',
    remoteAddress: input.remoteAddress,
    headers: [],
    receivedAt: deps.clock.now(),
    rejectOtherBody: true,
    pinnedSinkId: input.sink === null ? null : await pinTo(deps.db, eventType, input.sink),
    delaySeconds: input.delaySeconds,
  });
  return firedEvent(deps.db, outcome, { tenantId, eventType, rerunOf: null });
}

/** The sink of that name, which must be able to run the event type. */
async function pinTo(db: Database, eventType: EventTypeDefinition, name: string): Promise<Id<'sink'>> {
  const sink = await db.tenantEm(eventType.tenantId).findOne(Sink, { name }, { fields: ['id', 'sinkTypeId'] });
  if (!sink) {
    throw new NexomaticError('not_found', `There is no sink ${name} here.`, {
      errors: [{ path: 'sink', message: 'no sink has this name' }],
    });
  }
  if (sink.sinkTypeId !== eventType.sinkTypeId) {
    const message = `${eventType.name} runs on sinks of type ${eventType.sinkTypeName}, and ${name} is of another type`;
    throw new NexomaticError('unprocessable', `${message}; choose another sink or none.`, {
      errors: [{ path: 'sink', message }],
    });
  }
  return sink.id;
}
