import type { Id } from '@nexomatic/contracts/id';
import { recordAudit } from '../audit/record-audit.ts';
import type { Actor } from '../auth/actor.ts';
import { changeDefinition, type DefinitionDeps } from '../definitions/change-definition.ts';
import { expectOwn, findSource, sourceBodyOf } from './read-sources.ts';

/** Deletes a source: its address is unknown from then on. Nothing refers to it but events and receipts, which stay. */
export function deleteSource(
  deps: DefinitionDeps,
  tenantId: Id<'tenant'>,
  actor: Actor,
  id: Id<'source'>,
): Promise<void> {
  return changeDefinition(deps, tenantId, async (em) => {
    const row = await findSource(em, id);
    expectOwn(row);
    const object = { kind: 'source' as const, id, name: row.name };
    recordAudit(em, tenantId, actor, { action: 'source.deleted', object, before: sourceBodyOf(row), after: null });
    await em.remove(row).flush();
  });
}
