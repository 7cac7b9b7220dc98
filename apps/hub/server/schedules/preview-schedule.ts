import type { Clock } from '@nexomatic/clock';
import type { Id } from '@nexomatic/contracts/id';
import type { PreviewSchedule, SchedulePreview } from '@nexomatic/contracts/schedule-preview';
import type { Database } from '@nexomatic/db/database';
import { checkTiming } from './check-schedule.ts';
import { describeRun } from './cron/describe-run.ts';
import { runsAfter } from './cron/run-times.ts';
import { warnOfTiming } from './cron/warn-of-timing.ts';
import { dateOf, zoneOfTenant } from './save-schedule.ts';

interface Deps {
  db: Database;
  clock: Clock;
}

/** The next runs of a schedule that need not be saved, by the functions that fire it. */
export async function previewSchedule(
  { db, clock }: Deps,
  tenantId: Id<'tenant'>,
  { count, jitterSeconds, ...input }: PreviewSchedule,
): Promise<SchedulePreview> {
  const timeZone = input.timeZone ?? (await zoneOfTenant(db.tenantEm(tenantId)));
  checkTiming({ ...input, timeZone });
  const instants = { at: dateOf(input.at), startsAt: dateOf(input.startsAt), endsAt: dateOf(input.endsAt) };
  const timing = { kind: input.kind, cron: input.cron, timeZone, ...instants };
  const now = new Date(clock.now());
  const runs = runsAfter(timing, now, count).map((run) => describeRun(run, timeZone, jitterSeconds));
  return { timeZone, runs, warnings: warnOfTiming(timing, now) };
}
