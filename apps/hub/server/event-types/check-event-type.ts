import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { CheckEventType, CheckedEventType } from '@nexomatic/contracts/event-type-api';
import type { Id } from '@nexomatic/contracts/id';
import type { Database } from '@nexomatic/db/database';
import { Action } from '@nexomatic/db/entities/action';
import { EventType } from '@nexomatic/db/entities/event-type';
import type { EntityManager } from '@nexomatic/db/query';
import { checkModule } from '../actions/check-module.ts';
import { schemaErrors } from './check-body.ts';
import { findEventType } from './read-event-types.ts';
import { eventTypeWarnings } from './warn-of-event-type.ts';

type Fault = CheckedEventType['errors'][number];

/** Says of a draft what a save would be refused for and warned of, without saving anything. */
export async function checkEventType(
  { db }: { db: Database },
  tenantId: Id<'tenant'>,
  { id, newAction, ...draft }: CheckEventType,
): Promise<CheckedEventType> {
  const em = db.tenantEm(tenantId);
  if (id !== undefined) await findEventType(em, id);
  const follows = newAction && {
    onSuccessId: newAction.onSuccessId ?? null,
    onFailureId: newAction.onFailureId ?? null,
  };
  return {
    errors: [
      ...(await takenName(em, draft.name, id)),
      ...(newAction ? await newActionErrors(em, newAction) : []),
      ...schemaErrors(draft.payloadSchema ?? null),
    ],
    warnings: await eventTypeWarnings(db, em, { tenantId, id: id ?? null }, { ...draft, newAction: follows }),
  };
}

async function takenName(
  em: EntityManager,
  name: string | undefined,
  id: Id<'eventType'> | undefined,
): Promise<Fault[]> {
  const other = name ? await em.findOne(EventType, { name }, { fields: ['id'] }) : null;
  if (!other || other.id === id) return [];
  return [{ path: 'name', message: 'another event type has this name already' }];
}

async function newActionErrors(
  em: EntityManager,
  { name, module }: NonNullable<CheckEventType['newAction']>,
): Promise<Fault[]> {
  const taken = name ? await em.count(Action, { name }) : 0;
  return [
    ...(taken > 0 ? [{ path: 'newAction.name', message: 'another action has this name already' }] : []),
    ...(module ? moduleErrors(module) : []),
  ];
}

function moduleErrors(module: string): Fault[] {
  try {
    checkModule(module);
    return [];
  } catch (error) {
    if (!(error instanceof NexomaticError)) throw error;
    return (error.facts.errors ?? []).map(({ path, message }) => ({ path: `newAction.${path}`, message }));
  }
}
