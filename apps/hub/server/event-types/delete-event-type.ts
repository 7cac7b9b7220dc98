import { NexomaticError, type Reference } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import type { EventType } from '@nexomatic/db/entities/event-type';
import { Parameter } from '@nexomatic/db/entities/parameter';
import { openEvents } from '@nexomatic/db/ledger/events-of-type';
import type { EntityManager } from '@nexomatic/db/query';
import { recordAudit } from '../audit/record-audit.ts';
import type { Actor } from '../auth/actor.ts';
import { changeDefinition, type DefinitionDeps } from '../definitions/change-definition.ts';
import { parametersOf } from '../definitions/save-parameters.ts';
import { firedBy } from './fired-by.ts';
import { findEventType } from './read-event-types.ts';
import { eventTypeBodyOf } from './show-event-types.ts';

/** Deletes an event type that nothing fires and of which no event waits or runs; its versions stay, for the events it had. */
export function deleteEventType(
  deps: DefinitionDeps,
  tenantId: Id<'tenant'>,
  actor: Actor,
  id: Id<'eventType'>,
): Promise<void> {
  return changeDefinition(deps, tenantId, async (em) => {
    const row = await findEventType(em, id);
    await refuseInUse(deps, em, row);
    const parameters = (await parametersOf(em, 'eventTypeId', [id])).get(id) ?? [];
    recordAudit(em, tenantId, actor, {
      action: 'event_type.deleted',
      object: { kind: 'event_type', id, name: row.name },
      before: eventTypeBodyOf(row, parameters),
      after: null,
    });
    await em.nativeDelete(Parameter, { eventTypeId: id });
    await em.remove(row).flush();
  });
}

/** Events are counted up to here, and so many of them named. */
const maxCounted = 1_000;
const maxNamed = 5;

async function refuseInUse({ db }: DefinitionDeps, em: EntityManager, row: EventType): Promise<void> {
  const { tenantId, id, name } = row;
  const users = (await firedBy(em, [id])).get(id) ?? [];
  const events = await openEvents(db.sql, tenantId, id, maxCounted + 1);
  if (users.length === 0 && events.length === 0) return;
  const why = [
    ...(users.length > 0 ? [`is fired by ${users.length} ${users.length === 1 ? 'other' : 'others'}`] : []),
    ...(events.length > 0 ? [`has events that wait or run: ${countWords(events.length)}`] : []),
  ];
  const named = events.slice(0, maxNamed).map((event): Reference => {
    return { id: event.id, name: event.id, how: event.state === 'QUEUED' ? 'waits' : 'runs' };
  });
  throw new NexomaticError('in_use', `${name} ${why.join(' and ')}.`, { references: [...users, ...named] });
}

const countWords = (count: number): string => (count > maxCounted ? `more than ${maxCounted}` : String(count));
