import type { Id } from '@nexomatic/contracts/id';
import type { ScheduleSummary } from '@nexomatic/contracts/schedule-api';
import { insertAudit } from '@nexomatic/db/ledger/audit';
import {
  lockScheduleRow,
  type ScheduleRow,
  type ScheduleStanding,
  writeStandings,
} from '@nexomatic/db/ledger/schedule-rows';
import type { SqlTransaction } from '@nexomatic/db/sql';
import type { Actor } from '../auth/actor.ts';
import { type FireDeps, fireBefore } from './fire-due.ts';
import { getSchedule, noSchedule } from './read-schedules.ts';

export type ScheduleDeps = FireDeps & { databaseTime(): Promise<Date> };

interface ScheduleRefOf {
  tenantId: Id<'tenant'>;
  id: Id<'schedule'>;
}

/** A run that came due between firing what was due and the lock is fired first; more than a few times it can't be. */
const mostTries = 5;

/**
 * Does something to a schedule that nobody fires or changes meanwhile, after what was due of it is fired: a run belongs to what
 * was said before its instant. Pages hear of it.
 */
export async function withSchedule<T>(
  deps: ScheduleDeps,
  ref: ScheduleRefOf,
  work: (tx: SqlTransaction, schedule: ScheduleRow, now: Date) => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    await fireBefore(deps, ref, await deps.databaseTime());
    const outcome = await deps.sql.transaction(async (tx) => {
      const schedule = await lockScheduleRow(tx, ref);
      if (!schedule) throw noSchedule(ref.id);
      const now = await deps.databaseTime();
      if (tries < mostTries && isDue(schedule.standing, now)) return null;
      return { value: await work(tx, schedule, now) };
    });
    if (!outcome) continue;
    tellChanged(deps, ref);
    return outcome.value;
  }
}

/** Whether a tick has something to decide about a schedule that stands so. */
export const isDue = ({ wakeAt }: Pick<ScheduleStanding, 'wakeAt'>, now: Date): boolean =>
  wakeAt !== null && wakeAt <= now;

/** Open pages look at the schedule again. */
export function tellChanged({ live }: Pick<FireDeps, 'live'>, { tenantId, id }: ScheduleRefOf): void {
  live.publish([{ tenantId, eventId: null, scheduleId: id }]);
}

/** How a schedule is to stand, and what the audit log says of it; null where it stands so already. */
interface StandingChange {
  standing: ScheduleStanding;
  action: `schedule.${string}`;
  before: object | null;
  after: object | null;
}

/** Changes where a schedule stands, with its entry in the audit log, and shows it. Its definition and version stay. */
export async function changeStanding(
  deps: ScheduleDeps,
  ref: ScheduleRefOf,
  actor: Actor,
  change: (schedule: ScheduleRow, now: Date, tx: SqlTransaction) => StandingChange | null,
): Promise<ScheduleSummary> {
  await withSchedule(deps, ref, async (tx, schedule, now) => {
    const changed = change(schedule, now, tx);
    if (!changed) return;
    writeStandings(tx, [{ ...ref, standing: changed.standing }]);
    const { action, before, after } = changed;
    const object = { kind: 'schedule', id: ref.id, name: schedule.name };
    insertAudit(tx, ref.tenantId, [{ actor, action, object, before, after }]);
  });
  return getSchedule(deps, ref.tenantId, ref.id);
}
