import { setImmediate } from 'node:timers/promises';
import type { Clock } from '@nexomatic/clock';
import type { Id } from '@nexomatic/contracts/id';
import type { Upcoming } from '@nexomatic/contracts/schedule-run-api';
import type { Database } from '@nexomatic/db/database';
import { Schedule } from '@nexomatic/db/entities/schedule';
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

/** How many runs come in each quarter of an hour, over all schedules of a tenant: where they pile up. */
export async function upcomingRuns(deps: Deps, tenantId: Id<'tenant'>, hours: number): Promise<Upcoming> {
  const now = await deps.databaseTime();
  const end = new Date(now.getTime() + hours * 3_600_000);
  const rows = await deps.db
    .tenantEm(tenantId)
    .find(
      Schedule,
      { enabled: true, pausedAt: null, nextDueAt: { $lt: end } },
      { orderBy: { nextDueAt: 'asc', name: 'asc' }, limit: mostSchedules + 1, exclude: ['payload', 'description'] },
    );
  const counted = await countRuns(deps.clock, rows.slice(0, mostSchedules), end);
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

async function countRuns(clock: Clock, rows: Counted[], end: Date) {
  const slots = new Map<number, number>();
  const begun = clock.monotonic();
  let piece = begun;
  for (const row of rows) {
    if (!row.nextDueAt) continue;
    for (const dueAt of instantsBetween(timingOf(row), row.nextDueAt, end, mostRuns)) {
      if (row.skipDueAt?.getTime() === dueAt.getTime()) continue;
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
