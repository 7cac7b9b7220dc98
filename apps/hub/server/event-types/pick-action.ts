import type { CreateAction } from '@nexomatic/contracts/action-api';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import { Action } from '@nexomatic/db/entities/action';
import type { EntityManager } from '@nexomatic/db/query';
import { insertAction } from '../actions/save-action.ts';
import type { Actor } from '../auth/actor.ts';

interface WhichAction {
  actionId?: Id<'action'> | undefined;
  newAction?: CreateAction | undefined;
}

/** The action that an event type is to run: the one that is named, or one that is made in the same transaction. */
export async function pickAction(
  em: EntityManager,
  tenantId: Id<'tenant'>,
  actor: Actor,
  { actionId, newAction }: WhichAction,
): Promise<Id<'action'>> {
  if (actionId !== undefined && newAction === undefined) return actionId;
  if (newAction === undefined || actionId !== undefined) {
    throw new NexomaticError('unprocessable', 'An event type runs one action: give actionId or newAction.', {
      errors: [{ path: 'actionId', message: 'choose an action, or make a new one' }],
    });
  }
  if ((await em.count(Action, { name: newAction.name })) > 0) {
    throw new NexomaticError('conflict', 'The name of the new action is taken; choose another, or that action.', {
      errors: [{ path: 'newAction.name', message: 'another action has this name already' }],
    });
  }
  try {
    return (await insertAction(em, tenantId, actor, newAction)).id;
  } catch (error) {
    throw withinNewAction(error);
  }
}

/** What an action is refused for, told of the field that it stands in here. */
function withinNewAction(error: unknown): unknown {
  if (!(error instanceof NexomaticError) || !error.facts.errors) return error;
  const errors = error.facts.errors.map(({ path, message }) => ({ path: `newAction.${path}`, message }));
  return new NexomaticError(error.code, error.message, { ...error.facts, errors, cause: error });
}
