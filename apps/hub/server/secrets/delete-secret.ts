import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import { recordAudit } from '../audit/record-audit.ts';
import type { Actor } from '../auth/actor.ts';
import { changeDefinition, type DefinitionDeps } from '../definitions/change-definition.ts';
import { findSecret, secretBodyOf, showSecret } from './read-secrets.ts';

/** Deletes a secret that no parameter names. */
export function deleteSecret(
  deps: DefinitionDeps,
  tenantId: Id<'tenant'>,
  actor: Actor,
  id: Id<'secret'>,
): Promise<void> {
  return changeDefinition(deps, tenantId, async (em) => {
    const row = await findSecret(em, id);
    const { usedBy } = await showSecret(em, row);
    if (usedBy.length > 0) {
      const references = usedBy.map((one) => ({ ...one, how: 'has a parameter that names it' }));
      throw new NexomaticError('in_use', `Parameters name the secret ${row.name}.`, { references });
    }
    const object = { kind: 'secret' as const, id, name: row.name };
    recordAudit(em, tenantId, actor, { action: 'secret.deleted', object, before: secretBodyOf(row), after: null });
    await em.remove(row).flush();
  });
}
