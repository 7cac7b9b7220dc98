import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import { Parameter } from '@nexomatic/db/entities/parameter';
import { recordAudit } from '../audit/record-audit.ts';
import type { Actor } from '../auth/actor.ts';
import { changeDefinition, type DefinitionDeps } from '../definitions/change-definition.ts';
import { findAction, showAction } from './read-actions.ts';
import { actionBodyOf } from './show-actions.ts';

/** Deletes an action that no event type runs; its versions stay, for the events that ran them. */
export function deleteAction(
  deps: DefinitionDeps,
  tenantId: Id<'tenant'>,
  actor: Actor,
  id: Id<'action'>,
): Promise<void> {
  return changeDefinition(deps, tenantId, async (em) => {
    const row = await findAction(em, id);
    const { usedBy, parameters } = await showAction(em, row);
    if (usedBy.length > 0) {
      const references = usedBy.map((one) => ({ ...one, how: 'runs it' }));
      throw new NexomaticError('in_use', `The action is run by ${usedBy.length} event types.`, { references });
    }
    const object = { kind: 'action' as const, id, name: row.name };
    recordAudit(em, tenantId, actor, {
      action: 'action.deleted',
      object,
      before: actionBodyOf(row, parameters),
      after: null,
    });
    await em.nativeDelete(Parameter, { actionId: id });
    await em.remove(row).flush();
  });
}
