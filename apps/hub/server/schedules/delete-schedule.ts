import type { Id } from '@nexomatic/contracts/id';
import { recordAudit } from '../audit/record-audit.ts';
import type { Actor } from '../auth/actor.ts';
import { changeDefinition, type DefinitionDeps } from '../definitions/change-definition.ts';
import { findSchedule } from './read-schedules.ts';
import { scheduleBodyOf } from './show-schedules.ts';

/** Deletes a schedule; nothing refers to one. */
export function deleteSchedule(
  deps: DefinitionDeps,
  tenantId: Id<'tenant'>,
  actor: Actor,
  id: Id<'schedule'>,
): Promise<void> {
  return changeDefinition(deps, tenantId, async (em) => {
    const row = await findSchedule(em, id);
    const object = { kind: 'schedule' as const, id, name: row.name };
    recordAudit(em, tenantId, actor, { action: 'schedule.deleted', object, before: scheduleBodyOf(row), after: null });
    await em.remove(row).flush();
  });
}
