import type { Id } from '@nexomatic/contracts/id';
import type { ScheduleSummary } from '@nexomatic/contracts/schedule-api';
import { switchScheduleRow } from '@nexomatic/db/ledger/schedule-rows';
import type { Actor } from '../auth/actor.ts';
import { changeStanding, type ScheduleDeps } from './change-schedule.ts';
import { checkNotOver } from './check-schedule.ts';
import { planNext } from './plan-next.ts';
import { schedulerSource } from './scheduler-source.ts';

/** Switches a schedule on, from now on, or off: then it has no next run. One that is so already is left as it is. */
export async function switchSchedule(
  deps: ScheduleDeps,
  tenantId: Id<'tenant'>,
  actor: Actor,
  { id, enabled }: { id: Id<'schedule'>; enabled: boolean },
): Promise<ScheduleSummary> {
  const shown = await changeStanding(deps, { tenantId, id }, actor, (schedule, now, tx) => {
    if (schedule.enabled === enabled) return null;
    if (enabled) checkNotOver(schedule, now);
    switchScheduleRow(tx, { tenantId, id }, enabled);
    const standing = planNext({ ...schedule, enabled }, schedule.standing, now);
    const action = enabled ? 'schedule.enabled' : 'schedule.disabled';
    return { standing, action, before: { enabled: !enabled }, after: { enabled } };
  });
  if (enabled) await schedulerSource(deps.db, tenantId);
  return shown;
}
