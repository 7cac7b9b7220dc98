import type { ActionBody, ActionSummary, CreateAction, UpdateAction } from '@nexomatic/contracts/action-api';
import type { Warning } from '@nexomatic/contracts/definition-api';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import { type Id, newId } from '@nexomatic/contracts/id';
import { Action } from '@nexomatic/db/entities/action';
import { EventType } from '@nexomatic/db/entities/event-type';
import type { EntityManager } from '@nexomatic/db/query';
import { recordAudit } from '../audit/record-audit.ts';
import type { Actor } from '../auth/actor.ts';
import { changeDefinition, type DefinitionDeps, expectVersion } from '../definitions/change-definition.ts';
import { findVersion, recordStanding, recordVersion } from '../definitions/record-version.ts';
import { parametersOf, saveParameters } from '../definitions/save-parameters.ts';
import { checkModule } from './check-module.ts';
import { findAction, showAction } from './read-actions.ts';
import { actionBodyOf } from './show-actions.ts';
import { actionWarnings } from './warn-of-action.ts';

export type SavedAction = ActionSummary & { warnings: Warning[] };

/** Makes an action; its first version. */
export function createAction(
  deps: DefinitionDeps,
  tenantId: Id<'tenant'>,
  actor: Actor,
  input: CreateAction,
): Promise<SavedAction> {
  return changeDefinition(deps, tenantId, (em) => insertAction(em, tenantId, actor, input));
}

/** The same within a change of more than the action. */
export async function insertAction(
  em: EntityManager,
  tenantId: Id<'tenant'>,
  actor: Actor,
  input: CreateAction,
): Promise<SavedAction> {
  const { parameters, ...fields } = input;
  await checkAction(em, input);
  const row = em.create(Action, { tenantId, id: newId('action'), ...fields });
  return keep(em, row, actor, parameters, null);
}

/** Makes an action what the input says, as its next version. */
export function updateAction(
  deps: DefinitionDeps,
  tenantId: Id<'tenant'>,
  actor: Actor,
  { id, version, ...body }: UpdateAction,
): Promise<SavedAction> {
  return changeDefinition(deps, tenantId, async (em) => {
    const row = await findAction(em, id);
    expectVersion(row, version);
    return replace(deps, em, row, actor, body);
  });
}

/** Brings an earlier version back, as the next one. */
export function restoreAction(
  deps: DefinitionDeps,
  tenantId: Id<'tenant'>,
  actor: Actor,
  { id, version, restore }: { id: Id<'action'>; version: number; restore: number },
): Promise<SavedAction> {
  return changeDefinition(deps, tenantId, async (em) => {
    const row = await findAction(em, id);
    expectVersion(row, version);
    return replace(deps, em, row, actor, await findVersion<ActionBody>(em, id, restore));
  });
}

async function replace(
  { clock }: DefinitionDeps,
  em: EntityManager,
  row: Action,
  actor: Actor,
  input: ActionBody,
): Promise<SavedAction> {
  await checkAction(em, input);
  const before = actionBodyOf(row, (await parametersOf(em, 'actionId', [row.id])).get(row.id) ?? []);
  await recordStanding(em, row, before);
  const { parameters, ...fields } = input;
  // The row is written even where only a parameter changes: that makes the next version.
  em.assign(row, { ...fields, updatedAt: new Date(clock.now()) });
  return keep(em, row, actor, parameters, before);
}

async function keep(
  em: EntityManager,
  row: Action,
  actor: Actor,
  parameters: ActionBody['parameters'],
  before: ActionBody | null,
): Promise<SavedAction> {
  await em.persist(row).flush();
  await saveParameters(em, row.tenantId, { actionId: row.id }, parameters);
  const after = actionBodyOf(row, parameters);
  recordVersion(em, row, actor, after);
  const object = { kind: 'action' as const, id: row.id, name: row.name };
  recordAudit(em, row.tenantId, actor, { action: before ? 'action.updated' : 'action.created', object, before, after });
  await em.flush();
  await em.refresh(row);
  return { ...(await showAction(em, row)), warnings: await actionWarnings(em, row.id, after) };
}

/** Refuses what could never run; what may go wrong later is warned of instead. */
async function checkAction(em: EntityManager, input: ActionBody): Promise<void> {
  checkModule(input.module);
  for (const path of ['onSuccessId', 'onFailureId'] as const) {
    const id = input[path];
    if (id === null || (await em.count(EventType, { id })) > 0) continue;
    const errors = [{ path, message: 'no event type has this id' }];
    throw new NexomaticError('unprocessable', 'The action names an event type that is not here.', { errors });
  }
}
