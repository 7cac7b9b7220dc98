import type { Id } from '@nexomatic/contracts/id';
import { SourceSecret } from '@nexomatic/db/entities/source-secret';
import { recordAudit } from '../audit/record-audit.ts';
import type { Actor } from '../auth/actor.ts';
import { changeDefinition, type DefinitionDeps } from '../definitions/change-definition.ts';
import { expectOwn, findSource, sourceBodyOf } from './read-sources.ts';

/** Deletes a source and its secrets: its address is unknown from then on. Events and receipts of it stay. */
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
    await em.nativeDelete(SourceSecret, { sourceId: id });
    await em.remove(row).flush();
  });
}
