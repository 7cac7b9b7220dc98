import type { Id } from '@nexomatic/contracts/id';
import { type FiredRuns, type HeldInput, maxRunsAtOnce } from '@nexomatic/contracts/schedule-run-api';
import { pageOccurrences } from '@nexomatic/db/ledger/schedule-occurrences';
import { type ScheduleRow, writeStandings } from '@nexomatic/db/ledger/schedule-rows';
import { writeOccurrences } from '@nexomatic/db/ledger/write-occurrences';
import type { SqlTransaction } from '@nexomatic/db/sql';
import type { Actor } from '../auth/actor.ts';
import { otherCount } from './backfill.ts';
import { type ScheduleDeps, withSchedule } from './change-schedule.ts';
import type { DecidedRun } from './decide-runs.ts';
import { audit, fireByHand, firedBy, firedTogether } from './run-schedule.ts';

/** Fires the missed runs of a schedule that were held for somebody to decide, the oldest first. */
export async function releaseHeld(
  deps: ScheduleDeps,
  tenantId: Id<'tenant'>,
  actor: Actor,
  { id, count }: HeldInput,
): Promise<FiredRuns> {
  const written = await withSchedule(deps, { tenantId, id }, async (tx, schedule, now) => {
    const runs = await heldRuns(tx, schedule, count);
    const done = await fireByHand(deps, tx, { schedule, runs, now, actor });
    noneHeld(tx, schedule);
    audit(tx, schedule, actor, { action: 'schedule.held_released', after: { fired: count } });
    return done;
  });
  return firedTogether(deps, written);
}

/** Lets the missed runs of a schedule go that were held for somebody to decide. */
export function discardHeld(
  deps: ScheduleDeps,
  tenantId: Id<'tenant'>,
  actor: Actor,
  { id, count }: HeldInput,
): Promise<{ discarded: number }> {
  return withSchedule(deps, { tenantId, id }, async (tx, schedule, now) => {
    const runs = await heldRuns(tx, schedule, count);
    writeOccurrences(
      tx,
      runs.map((run) => ({
        ...{ tenantId, scheduleId: id, ...run, status: 'skipped', reason: 'discarded', eventId: null },
        ...{ decidedAt: now, decidedBy: actor.name.slice(0, 200) },
      })),
    );
    noneHeld(tx, schedule);
    audit(tx, schedule, actor, { action: 'schedule.held_discarded', after: { discarded: count } });
    return { discarded: count };
  });
}

/** All that are held, the oldest first; refuses where they are not as many as somebody was shown. */
async function heldRuns(tx: SqlTransaction, { tenantId, id }: ScheduleRow, count: number): Promise<DecidedRun[]> {
  const rows = await pageOccurrences(tx, tenantId, id, { status: 'held', before: null, limit: maxRunsAtOnce + 1 });
  if (rows.length !== count) throw otherCount(rows.length);
  return rows.reverse().map(({ dueAt }) => ({ ...firedBy('held'), dueAt, from: 'held' }));
}

function noneHeld(tx: SqlTransaction, { tenantId, id, standing }: ScheduleRow): void {
  writeStandings(tx, [{ tenantId, id, standing: { ...standing, heldCount: 0 } }]);
}
