import type { Clock } from '@nexomatic/clock';
import type { Id } from '@nexomatic/contracts/id';
import type { PreviewSchedule, SchedulePreview } from '@nexomatic/contracts/schedule-preview';
import type { Database } from '@nexomatic/db/database';
import { blackoutsNow } from './blackouts/blackouts-now.ts';
import { checkTiming } from './check-schedule.ts';
import { describeRun } from './cron/describe-run.ts';
import { runsAfter } from './cron/run-times.ts';
import { warnOfTiming } from './cron/warn-of-timing.ts';
import { findSchedule } from './read-schedules.ts';
import { dateOf, zoneOfTenant } from './save-schedule.ts';

interface Deps {
  db: Database;
  clock: Clock;
}

/** The next runs of a schedule that need not be saved, by the functions that fire it, and which of them blackouts hold back. */
export async function previewSchedule(
  { db, clock }: Deps,
  tenantId: Id<'tenant'>,
  { count, jitterSeconds, scheduleId, ...input }: PreviewSchedule,
): Promise<SchedulePreview> {
  const em = db.tenantEm(tenantId);
  const timeZone = input.timeZone ?? (await zoneOfTenant(em));
  checkTiming({ ...input, timeZone });
  const instants = { at: dateOf(input.at), startsAt: dateOf(input.startsAt), endsAt: dateOf(input.endsAt) };
  const timing = { kind: input.kind, cron: input.cron, timeZone, ...instants };
  const now = new Date(clock.now());
  if (scheduleId) await findSchedule(em, scheduleId);
  const blackoutAt = await blackoutsNow(em);
  const runs = runsAfter(timing, now, count).map((run) => ({
    ...describeRun(run, timeZone, jitterSeconds),
    blackout: blackoutAt(scheduleId ?? null, run.at),
  }));
  return { timeZone, runs, warnings: warnOfTiming(timing, now) };
}
