import type {
  CreateEventType,
  EventTypeBody,
  SavedEventType,
  UpdateEventType,
} from '@nexomatic/contracts/event-type-api';
import { type Id, newId } from '@nexomatic/contracts/id';
import { EventType } from '@nexomatic/db/entities/event-type';
import type { EntityManager } from '@nexomatic/db/query';
import { recordAudit } from '../audit/record-audit.ts';
import type { Actor } from '../auth/actor.ts';
import { changeDefinition, type DefinitionDeps, expectVersion } from '../definitions/change-definition.ts';
import { findVersion, recordStanding, recordVersion } from '../definitions/record-version.ts';
import { parametersOf, saveParameters } from '../definitions/save-parameters.ts';
import { refuseBody } from './check-body.ts';
import { pickAction } from './pick-action.ts';
import { findEventType, showEventType } from './read-event-types.ts';
import { eventTypeBodyOf } from './show-event-types.ts';
import { eventTypeWarnings } from './warn-of-event-type.ts';

/** Makes an event type, and the action that it runs where that is new: one transaction, so that neither is there alone. */
export function createEventType(
  deps: DefinitionDeps,
  tenantId: Id<'tenant'>,
  actor: Actor,
  { actionId, newAction, ...body }: CreateEventType,
): Promise<SavedEventType> {
  return changeDefinition(deps, tenantId, async (em) => {
    const action = await pickAction(em, tenantId, actor, { actionId, newAction });
    await refuseBody(em, { ...body, actionId: action });
    const { parameters, ...fields } = body;
    const row = em.create(EventType, {
      ...{ tenantId, id: newId('eventType'), ...fields, actionId: action },
      searchKeys: JSON.stringify(fields.searchKeys),
      retention: JSON.stringify(fields.retention),
      disabledAt: fields.enabled ? null : new Date(deps.clock.now()),
    });
    return keep(deps, em, row, actor, parameters, null);
  });
}

/** Makes an event type what the input says, as its next version. */
export function updateEventType(
  deps: DefinitionDeps,
  tenantId: Id<'tenant'>,
  actor: Actor,
  { id, version, actionId, newAction, ...body }: UpdateEventType,
): Promise<SavedEventType> {
  return changeDefinition(deps, tenantId, async (em) => {
    const row = await findEventType(em, id);
    expectVersion(row, version);
    const action = await pickAction(em, tenantId, actor, { actionId, newAction });
    return replace(deps, em, row, actor, { ...body, actionId: action });
  });
}

/** Brings an earlier version back, as the next one. Whether it is enabled stays: that is about now, not about then. */
export function restoreEventType(
  deps: DefinitionDeps,
  tenantId: Id<'tenant'>,
  actor: Actor,
  { id, version, restore }: { id: Id<'eventType'>; version: number; restore: number },
): Promise<SavedEventType> {
  return changeDefinition(deps, tenantId, async (em) => {
    const row = await findEventType(em, id);
    expectVersion(row, version);
    // Versions of before it could be said say nothing of retention.
    const body = await findVersion<EventTypeBody>(em, id, restore);
    return replace(deps, em, row, actor, { ...body, retention: body.retention ?? {}, enabled: row.enabled });
  });
}

/** Lets an event type be fired, or stops that; what waits stays waiting. Changes nothing where it is so already. */
export function setEventTypeEnabled(
  deps: DefinitionDeps,
  tenantId: Id<'tenant'>,
  actor: Actor,
  { id, enabled }: { id: Id<'eventType'>; enabled: boolean },
): Promise<SavedEventType> {
  return changeDefinition(deps, tenantId, async (em) => {
    const row = await findEventType(em, id);
    const parameters = (await parametersOf(em, 'eventTypeId', [id])).get(id) ?? [];
    const body = { ...eventTypeBodyOf(row, parameters), enabled };
    if (row.enabled !== enabled) return replace(deps, em, row, actor, body);
    return { ...(await showEventType(deps.db, em, row)), warnings: await eventTypeWarnings(deps.db, em, row, body) };
  });
}

async function replace(
  deps: DefinitionDeps,
  em: EntityManager,
  row: EventType,
  actor: Actor,
  body: EventTypeBody,
): Promise<SavedEventType> {
  await refuseBody(em, body);
  const before = eventTypeBodyOf(row, (await parametersOf(em, 'eventTypeId', [row.id])).get(row.id) ?? []);
  await recordStanding(em, row, before);
  const { parameters, searchKeys, retention, ...fields } = body;
  const now = new Date(deps.clock.now());
  const disabledAt = body.enabled ? null : row.enabled ? now : (row.disabledAt ?? now);
  // The row is written even where only a parameter changes: that makes the next version.
  em.assign(row, {
    ...fields,
    searchKeys: JSON.stringify(searchKeys),
    retention: JSON.stringify(retention),
    disabledAt,
    updatedAt: now,
  });
  return keep(deps, em, row, actor, parameters, before);
}

async function keep(
  { db }: DefinitionDeps,
  em: EntityManager,
  row: EventType,
  actor: Actor,
  parameters: EventTypeBody['parameters'],
  before: EventTypeBody | null,
): Promise<SavedEventType> {
  await em.persist(row).flush();
  await saveParameters(em, row.tenantId, { eventTypeId: row.id }, parameters);
  const after = eventTypeBodyOf(row, parameters);
  recordVersion(em, row, actor, after);
  const object = { kind: 'event_type' as const, id: row.id, name: row.name };
  recordAudit(em, row.tenantId, actor, { action: auditedAs(before, after), object, before, after });
  await em.flush();
  await em.refresh(row);
  return { ...(await showEventType(db, em, row)), warnings: await eventTypeWarnings(db, em, row, after) };
}

function auditedAs(before: EventTypeBody | null, after: EventTypeBody) {
  if (!before) return 'event_type.created';
  if (before.enabled === after.enabled) return 'event_type.updated';
  return after.enabled ? 'event_type.enabled' : 'event_type.disabled';
}
