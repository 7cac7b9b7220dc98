import type { ActionBody, ActionSummary } from '@nexomatic/contracts/action-api';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import type { Database } from '@nexomatic/db/database';
import { Action } from '@nexomatic/db/entities/action';
import type { EntityManager } from '@nexomatic/db/query';
import { cutPage, type NamedPageInput, namedPage } from '../definitions/page-by-name.ts';
import { listVersions } from '../definitions/record-version.ts';
import { showActions } from './show-actions.ts';

interface Deps {
  db: Database;
}

/** A page of a tenant's actions, by name. */
export async function listActions({ db }: Deps, tenantId: Id<'tenant'>, input: NamedPageInput) {
  const em = db.tenantEm(tenantId);
  const { where, options } = namedPage(input);
  const { page, nextCursor } = cutPage(await em.find(Action, where, options), input);
  return { actions: await showActions(em, page), nextCursor };
}

export async function getAction({ db }: Deps, tenantId: Id<'tenant'>, id: Id<'action'>): Promise<ActionSummary> {
  const em = db.tenantEm(tenantId);
  return showAction(em, await findAction(em, id));
}

/** Every save of an action, newest first. */
export async function listActionVersions({ db }: Deps, tenantId: Id<'tenant'>, id: Id<'action'>) {
  const em = db.tenantEm(tenantId);
  await findAction(em, id);
  return { versions: await listVersions<ActionBody>(em, id) };
}

/** The action, or the refusal for one that this tenant does not have. */
export async function findAction(em: EntityManager, id: Id<'action'>): Promise<Action> {
  const action = await em.findOne(Action, { id });
  if (!action) throw new NexomaticError('not_found', `There is no action ${id} here.`);
  return action;
}

export async function showAction(em: EntityManager, row: Action): Promise<ActionSummary> {
  const [shown] = await showActions(em, [row]);
  if (!shown) throw new Error('one action was to be shown');
  return shown;
}
