import type { Clock } from '@nexomatic/clock';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import { maxDelaySeconds } from '@nexomatic/contracts/event-api';
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
  /** The instant before which it is not to be started; instead of `delaySeconds`. */
  at: string | null;
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
  databaseTime(): Promise<Date>;
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
    delaySeconds: await delayOf(deps, input),
  });
  return firedEvent(deps.db, outcome, { tenantId, eventType, rerunOf: null });
}

/** An instant that has just passed is now: clocks differ. */
const pastMs = 60_000;

/** Seconds from now, by the database's clock, to when it may start. */
async function delayOf({ databaseTime }: Deps, { at, delaySeconds }: FireEvent): Promise<number> {
  if (at === null) return delaySeconds;
  const fault = (detail: string, message: string) =>
    new NexomaticError('unprocessable', detail, { errors: [{ path: 'at', message }] });
  if (delaySeconds > 0) throw fault('Give either an instant or a delay.', 'not together with delaySeconds');
  const ms = Date.parse(at) - (await databaseTime()).getTime();
  if (ms < -pastMs) throw fault('The instant has passed already.', 'in the past');
  if (ms > maxDelaySeconds * 1_000)
    throw fault('An event can wait for 30 days at most; make a schedule.', 'too far ahead');
  return Math.max(0, ms) / 1_000;
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
