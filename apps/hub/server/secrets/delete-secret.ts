import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import { recordAudit } from '../audit/record-audit.ts';
import type { Actor } from '../auth/actor.ts';
import { changeDefinition, type DefinitionDeps } from '../definitions/change-definition.ts';
import { usersOf } from './secret-users.ts';
import { lockSecret } from './set-value.ts';
import { secretBodyOf } from './show-secrets.ts';

interface Deletion {
  id: Id<'secret'>;
  /** The secret's name, from somebody who knows that parameters refer to it. */
  confirmName?: string | undefined;
}

/** Deletes a secret with all its values. One that parameters name stays, unless its own name is given for it. */
export function deleteSecret(
  deps: DefinitionDeps,
  tenantId: Id<'tenant'>,
  actor: Actor,
  { id, confirmName }: Deletion,
): Promise<void> {
  return changeDefinition(deps, tenantId, async (em) => {
    const row = await lockSecret(em, id);
    const users = (await usersOf(em, [row.name])).get(row.name) ?? [];
    if (users.length > 0 && confirmName !== row.name) {
      const references = users.map((one) => ({ ...one, how: 'has a parameter that names it' }));
      const detail = `Parameters name the secret ${row.name}: without it their events end as errors. Give its name to delete it all the same.`;
      throw new NexomaticError('in_use', detail, { references });
    }
    const object = { kind: 'secret' as const, id, name: row.name };
    recordAudit(em, tenantId, actor, { action: 'secret.deleted', object, before: secretBodyOf(row), after: null });
    await em.remove(row).flush();
  });
}
