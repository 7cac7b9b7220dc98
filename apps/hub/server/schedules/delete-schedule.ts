import type { Id } from '@nexomatic/contracts/id';
import { ScheduleBlackout } from '@nexomatic/db/entities/schedule-blackout';
import { deleteOccurrences } from '@nexomatic/db/ledger/write-occurrences';
import type { Sql } from '@nexomatic/db/sql';
import { recordAudit } from '../audit/record-audit.ts';
import type { Actor } from '../auth/actor.ts';
import { changeDefinition, type DefinitionDeps } from '../definitions/change-definition.ts';
import { lockSchedule } from './read-schedules.ts';
import { scheduleBodyOf } from './show-schedules.ts';

const deletedAtOnce = 1_000;

/** Deletes a schedule with its own blackouts and what became of its runs; nothing refers to one. Its events stay. */
export async function deleteSchedule(
  deps: DefinitionDeps & { sql: Sql },
  tenantId: Id<'tenant'>,
  actor: Actor,
  id: Id<'schedule'>,
): Promise<void> {
  await changeDefinition(deps, tenantId, async (em) => {
    const row = await lockSchedule(em, id);
    const object = { kind: 'schedule' as const, id, name: row.name };
    recordAudit(em, tenantId, actor, { action: 'schedule.deleted', object, before: scheduleBodyOf(row), after: null });
    await em.nativeDelete(ScheduleBlackout, { scheduleId: id });
    await em.remove(row).flush();
  });
  // Years of runs are many rows. What is left, should this be cut short, goes with its age.
  while ((await deleteOccurrences(deps.sql, tenantId, id, deletedAtOnce)) === deletedAtOnce);
}
