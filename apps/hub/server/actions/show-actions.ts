import type { ActionBody, ActionSummary } from '@nexomatic/contracts/action-api';
import type { Id } from '@nexomatic/contracts/id';
import type { Action } from '@nexomatic/db/entities/action';
import { EventType } from '@nexomatic/db/entities/event-type';
import type { EntityManager } from '@nexomatic/db/query';
import { parametersOf } from '../definitions/save-parameters.ts';

/** Actions as the API shows them, with the names of what they refer to and of what refers to them. */
export async function showActions(em: EntityManager, rows: Action[]): Promise<ActionSummary[]> {
  const ids = rows.map((row) => row.id);
  const parameters = await parametersOf(em, 'actionId', ids);
  const targets = rows.flatMap(({ onSuccessId, onFailureId }) => [onSuccessId, onFailureId].filter((id) => id != null));
  const eventTypes = await em.find(
    EventType,
    { $or: [{ id: { $in: targets } }, { actionId: { $in: ids } }] },
    { fields: ['id', 'name', 'actionId'], orderBy: { name: 'asc' } },
  );
  const nameOf = (id: Id<'eventType'> | null | undefined) => {
    const found = eventTypes.find((one) => one.id === id);
    return found ? { id: found.id, name: found.name } : null;
  };
  return rows.map((row) => ({
    id: row.id,
    ...actionBodyOf(row, parameters.get(row.id) ?? []),
    version: row.version,
    onSuccess: nameOf(row.onSuccessId),
    onFailure: nameOf(row.onFailureId),
    usedBy: eventTypes.filter((one) => one.actionId === row.id).map(({ id, name }) => ({ id, name })),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }));
}

/** The part of an action that a save changes, a version keeps and the audit log shows. */
export function actionBodyOf(row: Action, parameters: ActionBody['parameters']): ActionBody {
  const { name, description, module, onSuccessId, onFailureId } = row;
  return { name, description, module, onSuccessId: onSuccessId ?? null, onFailureId: onFailureId ?? null, parameters };
}
