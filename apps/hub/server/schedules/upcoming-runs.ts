import { setImmediate } from 'node:timers/promises';
import type { Clock } from '@nexomatic/clock';
import type { Id } from '@nexomatic/contracts/id';
import type { Upcoming } from '@nexomatic/contracts/schedule-run-api';
import type { Database } from '@nexomatic/db/database';
import { Schedule } from '@nexomatic/db/entities/schedule';
import { blackoutsNow } from './blackouts/blackouts-now.ts';
import { instantsBetween } from './cron/run-times.ts';
import { fireTime } from './jitter.ts';
import { timingOf } from './standing-of.ts';

interface Deps {
  db: Database;
  clock: Clock;
  databaseTime(): Promise<Date>;
}

const slotMs = 15 * 60_000;
const mostSchedules = 10_000;
/** More than a run each minute for two days. */
const mostRuns = 3_000;
/** Requests wait while runs are counted, so that it is done in pieces, and not for long. */
const mostMs = 1_000;
const pieceMs = 20;
const shownNext = 10;

/** How many runs come in each quarter of an hour, over all schedules of a tenant: where they pile up. What is known to be skipped is no run. */
export async function upcomingRuns(deps: Deps, tenantId: Id<'tenant'>, hours: number): Promise<Upcoming> {
  const now = await deps.databaseTime();
  const end = new Date(now.getTime() + hours * 3_600_000);
  const em = deps.db.tenantEm(tenantId);
  const rows = await em.find(
    Schedule,
    { enabled: true, pausedAt: null, nextDueAt: { $lt: end } },
    { orderBy: { nextDueAt: 'asc', name: 'asc' }, limit: mostSchedules + 1, exclude: ['payload', 'description'] },
  );
  const blackoutAt = await blackoutsNow(em);
  const skips = (row: Counted, dueAt: Date): boolean =>
    row.skipDueAt?.getTime() === dueAt.getTime() || blackoutAt(row.id, dueAt) !== null;
  const counted = await countRuns(deps.clock, rows.slice(0, mostSchedules), { end, skips });
  return {
    slots: [...counted.slots].sort(([a], [b]) => a - b).map(([at, runs]) => ({ at: new Date(at).toISOString(), runs })),
    next: rows.slice(0, shownNext).map(({ id, name, nextDueAt }) => ({
      dueAt: (nextDueAt ?? end).toISOString(),
      schedule: { id, name },
    })),
    complete: counted.complete && rows.length <= mostSchedules,
  };
}

type Counted = Pick<
  Schedule,
  'id' | 'kind' | 'cron' | 'at' | 'timeZone' | 'startsAt' | 'endsAt' | 'jitterSeconds' | 'nextDueAt' | 'skipDueAt'
>;

async function countRuns(
  clock: Clock,
  rows: Counted[],
  { end, skips }: { end: Date; skips(row: Counted, dueAt: Date): boolean },
) {
  const slots = new Map<number, number>();
  const begun = clock.monotonic();
  let piece = begun;
  for (const row of rows) {
    if (!row.nextDueAt) continue;
    for (const dueAt of instantsBetween(timingOf(row), row.nextDueAt, end, mostRuns)) {
      if (skips(row, dueAt)) continue;
      const slot = Math.floor(fireTime(row, dueAt).getTime() / slotMs) * slotMs;
      slots.set(slot, (slots.get(slot) ?? 0) + 1);
    }
    if (clock.monotonic() - piece < pieceMs) continue;
    await setImmediate();
    piece = clock.monotonic();
    if (piece - begun > mostMs) return { slots, complete: false };
  }
  return { slots, complete: true };
}
