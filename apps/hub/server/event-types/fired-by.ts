import type { Reference } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import { Action } from '@nexomatic/db/entities/action';
import { Schedule } from '@nexomatic/db/entities/schedule';
import { Source } from '@nexomatic/db/entities/source';
import type { EntityManager } from '@nexomatic/db/query';

/** What fires each of the event types: actions by an edge, then sources, then schedules; each by name. */
export async function firedBy(em: EntityManager, ids: Id<'eventType'>[]): Promise<Map<Id<'eventType'>, Reference[]>> {
  const orderBy = { name: 'asc' as const };
  const actions = await em.find(
    Action,
    { $or: [{ onSuccessId: { $in: ids } }, { onFailureId: { $in: ids } }] },
    { fields: ['id', 'name', 'onSuccessId', 'onFailureId'], orderBy },
  );
  const found = new Map<Id<'eventType'>, Reference[]>(ids.map((id) => [id, []]));
  for (const { id, name, onSuccessId, onFailureId } of actions) {
    if (onSuccessId) found.get(onSuccessId)?.push({ id, name, how: 'on success' });
    if (onFailureId) found.get(onFailureId)?.push({ id, name, how: 'on failure' });
  }
  for (const [eventTypeId, references] of await firedFromOutside(em, ids)) found.get(eventTypeId)?.push(...references);
  return found;
}

/** Sources and schedules that fire each of the event types. */
export async function firedFromOutside(
  em: EntityManager,
  ids: Id<'eventType'>[],
): Promise<Map<Id<'eventType'>, Reference[]>> {
  const options = { orderBy: { name: 'asc' as const } };
  const where = { eventTypeId: { $in: ids } };
  const sources = await em.find(Source, where, {
    ...options,
    fields: ['id', 'name', 'eventTypeId', 'kind', 'enabled'],
  });
  const schedules = await em.find(Schedule, where, { ...options, fields: ['id', 'name', 'eventTypeId', 'enabled'] });
  const found = new Map<Id<'eventType'>, Reference[]>();
  const add = (eventTypeId: Id<'eventType'> | null | undefined, reference: Reference): void => {
    if (eventTypeId) found.set(eventTypeId, [...(found.get(eventTypeId) ?? []), reference]);
  };
  for (const { eventTypeId, id, name, kind, enabled } of sources) {
    add(eventTypeId, { id, name, how: enabled ? kind : `${kind}, disabled` });
  }
  for (const { eventTypeId, id, name, enabled } of await routesTo(em, ids)) {
    add(eventTypeId, { id, name, how: enabled ? 'by a route' : 'by a route, disabled' });
  }
  for (const { eventTypeId, id, name, enabled } of schedules) {
    add(eventTypeId, { id, name, how: enabled ? 'fires it on time' : 'off' });
  }
  return found;
}

/** Sources with a route to one of the event types. Settings are text; what looks like a route in them is one. */
async function routesTo(em: EntityManager, ids: Id<'eventType'>[]) {
  const found = await em.find(
    Source,
    { kind: 'WEBHOOK', settings: { $like: '%"eventTypeId":"ety_%' } },
    { fields: ['id', 'name', 'enabled', 'settings'], orderBy: { name: 'asc' } },
  );
  return found.flatMap(({ id, name, enabled, settings }) =>
    ids.flatMap((eventTypeId) => (settings?.includes(eventTypeId) ? [{ eventTypeId, id, name, enabled }] : [])),
  );
}
