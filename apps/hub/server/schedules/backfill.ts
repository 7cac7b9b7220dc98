import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import {
  type Backfill,
  type BackfillWindow,
  type FiredRuns,
  maxRunsAtOnce,
} from '@nexomatic/contracts/schedule-run-api';
import { occurrenceKey, standingOccurrences } from '@nexomatic/db/ledger/schedule-facts';
import { type ScheduleRef, writeStandings } from '@nexomatic/db/ledger/schedule-rows';
import type { SqlRunner } from '@nexomatic/db/sql';
import type { Actor } from '../auth/actor.ts';
import { type ScheduleDeps, withSchedule } from './change-schedule.ts';
import { refusal } from './check-schedule.ts';
import { instantsBetween, type Timing } from './cron/run-times.ts';
import type { DecidedRun } from './decide-runs.ts';
import { findSchedule } from './read-schedules.ts';
import { audit, fireByHand, firedBy, firedTogether } from './run-schedule.ts';
import { timingOf } from './standing-of.ts';

/** How many runs of a past window would fire: those of its times that have not fired, whatever became of them. */
export async function previewBackfill(
  deps: Pick<ScheduleDeps, 'db' | 'sql' | 'databaseTime'>,
  tenantId: Id<'tenant'>,
  { id, ...window }: BackfillWindow,
) {
  const schedule = await findSchedule(deps.db.tenantEm(tenantId), id);
  const bounds = boundsOf(window, await deps.databaseTime());
  const { runs, alreadyFired } = await runsToFill(deps.sql, { tenantId, id, ...timingOf(schedule) }, bounds);
  return {
    count: runs.length,
    first: runs[0]?.dueAt.toISOString() ?? null,
    last: runs.at(-1)?.dueAt.toISOString() ?? null,
    alreadyFired,
  };
}

/** Fires the runs of a past window that have not fired, each as the event that it would have been. */
export async function backfill(
  deps: ScheduleDeps,
  tenantId: Id<'tenant'>,
  actor: Actor,
  { id, count, ...window }: Backfill,
): Promise<FiredRuns> {
  const written = await withSchedule(deps, { tenantId, id }, async (tx, schedule, now) => {
    const { runs } = await runsToFill(tx, schedule, boundsOf(window, now));
    if (runs.length !== count) throw otherCount(runs.length);
    const done = await fireByHand(deps, tx, { schedule, runs, now, actor });
    // Held and waiting ones among them are no longer that.
    const { standing } = schedule;
    const held = runs.filter(({ from }) => from === 'held').length;
    const waited = runs.some(({ from }) => from === 'waiting');
    writeStandings(tx, [
      {
        ...{ tenantId, id },
        standing: {
          ...standing,
          heldCount: Math.max(0, standing.heldCount - held),
          waitingDueAt: waited ? null : standing.waitingDueAt,
        },
      },
    ]);
    audit(tx, schedule, actor, { action: 'schedule.backfilled', after: { ...window, fired: runs.length } });
    return done;
  });
  return firedTogether(deps, written);
}

function boundsOf({ from, to }: Pick<BackfillWindow, 'from' | 'to'>, now: Date): { from: Date; to: Date } {
  const bounds = { from: new Date(from), to: new Date(to) };
  if (bounds.to > now)
    throw refusal('to', 'Only the past can be filled; what is to come runs by itself.', 'in the future');
  if (bounds.from >= bounds.to) throw refusal('from', 'The window ends before it begins.', 'not before its end');
  return bounds;
}

/** Times of the window that are looked at: most of them may have fired. */
const mostLookedAt = 20_000;
const perStatement = 1_000;

async function runsToFill(tx: SqlRunner, schedule: Timing & ScheduleRef, { from, to }: { from: Date; to: Date }) {
  const { tenantId, id } = schedule;
  const instants = instantsBetween(schedule, from, to, mostLookedAt);
  const runs: DecidedRun[] = [];
  let alreadyFired = 0;
  for (let at = 0; at < instants.length && runs.length <= maxRunsAtOnce; at += perStatement) {
    const some = instants.slice(at, at + perStatement);
    const standing = await standingOccurrences(
      tx,
      some.map((dueAt) => ({ tenantId, id, dueAt })),
    );
    for (const dueAt of some) {
      const stands = standing.get(occurrenceKey(id, dueAt)) ?? null;
      if (stands === 'fired') alreadyFired += 1;
      else runs.push({ ...firedBy('backfill'), dueAt, from: stands });
    }
  }
  return { runs: runs.slice(0, maxRunsAtOnce + 1), alreadyFired };
}

/** The refusal where something else would happen than somebody was shown. */
export const otherCount = (count: number): NexomaticError =>
  new NexomaticError(
    'conflict',
    `There are ${count > maxRunsAtOnce ? `more than ${maxRunsAtOnce}` : count} now; look again.`,
    {
      errors: [{ path: 'count', message: 'another number was shown' }],
    },
  );
