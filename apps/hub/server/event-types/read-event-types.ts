import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { EventTypeBody, EventTypeSummary, ListEventTypes } from '@nexomatic/contracts/event-type-api';
import type { Id } from '@nexomatic/contracts/id';
import type { Database } from '@nexomatic/db/database';
import { EventType } from '@nexomatic/db/entities/event-type';
import type { EntityManager } from '@nexomatic/db/query';
import { cutPage, namedPage } from '../definitions/page-by-name.ts';
import { listVersions } from '../definitions/record-version.ts';
import { showEventTypes } from './show-event-types.ts';

interface Deps {
  db: Database;
}

/** A page of a tenant's event types, by name. */
export async function listEventTypes({ db }: Deps, tenantId: Id<'tenant'>, input: ListEventTypes) {
  const em = db.tenantEm(tenantId);
  const { where, options } = namedPage(input);
  const { enabled, sinkTypeId, actionId } = input;
  const filter = {
    ...(enabled === undefined ? {} : { enabled }),
    ...(sinkTypeId === undefined ? {} : { sinkTypeId }),
    ...(actionId === undefined ? {} : { actionId }),
  };
  const rows = await em.find(EventType, { $and: [...where.$and, filter] }, options);
  const { page, nextCursor } = cutPage(rows, input);
  return { eventTypes: await showEventTypes(db, em, tenantId, page), nextCursor };
}

export async function getEventType(
  { db }: Deps,
  tenantId: Id<'tenant'>,
  id: Id<'eventType'>,
): Promise<EventTypeSummary> {
  const em = db.tenantEm(tenantId);
  return showEventType(db, em, await findEventType(em, id));
}

/** Every save of an event type, newest first. */
export async function listEventTypeVersions({ db }: Deps, tenantId: Id<'tenant'>, id: Id<'eventType'>) {
  const em = db.tenantEm(tenantId);
  await findEventType(em, id);
  return { versions: await listVersions<EventTypeBody>(em, id) };
}

/** The event type, or the refusal for one that this tenant does not have. */
export async function findEventType(em: EntityManager, id: Id<'eventType'>): Promise<EventType> {
  const eventType = await em.findOne(EventType, { id });
  if (!eventType) throw new NexomaticError('not_found', `There is no event type ${id} here.`);
  return eventType;
}

export async function showEventType(
  db: Pick<Database, 'sql'>,
  em: EntityManager,
  row: EventType,
): Promise<EventTypeSummary> {
  const [shown] = await showEventTypes(db, em, row.tenantId, [row]);
  if (!shown) throw new Error('one event type was to be shown');
  return shown;
}
