import type { ScheduleRow, ScheduleStanding } from '@nexomatic/db/ledger/schedule-rows';
import { nextInstant, type Timing } from './cron/run-times.ts';
import { wakeTime } from './decide-runs.ts';

type Planned = Timing & Pick<ScheduleRow, 'id' | 'jitterSeconds' | 'enabled'>;

/** Where a schedule stands that runs by this definition from now on. */
export function planNext(schedule: Planned, standing: ScheduleStanding, now: Date): ScheduleStanding {
  const nextDueAt = schedule.enabled ? nextInstant(schedule, now) : null;
  const skips = standing.skipDueAt && standing.skipDueAt.getTime() === nextDueAt?.getTime();
  const next = { ...standing, nextDueAt, skipDueAt: skips ? standing.skipDueAt : null };
  // A run that waits has to be let go when the schedule is switched off: the next tick does that.
  const wakeAt = standing.waitingDueAt && !schedule.enabled ? now : wakeTime(schedule, next);
  return { ...next, wakeAt };
}
