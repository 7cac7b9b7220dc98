import type { Id } from '@nexomatic/contracts/id';
import type { SourceSummary } from '@nexomatic/contracts/source-api';
import { recordAudit } from '../audit/record-audit.ts';
import type { Actor } from '../auth/actor.ts';
import { changeDefinition } from '../definitions/change-definition.ts';
import { expectOwn, findSource, showSource, sourceBodyOf } from './read-sources.ts';
import type { SourceDeps } from './save-source.ts';

/** Lets a source fire, or stops it. One that is so already is left as it is. */
export function switchSource(
  deps: SourceDeps,
  tenantId: Id<'tenant'>,
  actor: Actor,
  { id, enabled }: { id: Id<'source'>; enabled: boolean },
): Promise<SourceSummary> {
  return changeDefinition(deps, tenantId, async (em) => {
    const row = await findSource(em, id);
    // Switched off, the source of schedules holds all of them at once.
    if (row.kind !== 'SCHEDULER') expectOwn(row);
    if (row.enabled !== enabled) {
      const before = sourceBodyOf(row);
      em.assign(row, { enabled });
      const object = { kind: 'source' as const, id, name: row.name };
      const action = enabled ? 'source.enabled' : 'source.disabled';
      recordAudit(em, tenantId, actor, { action, object, before, after: sourceBodyOf(row) });
      await em.flush();
    }
    return showSource(deps, em, row);
  });
}
