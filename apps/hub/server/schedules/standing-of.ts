import type { Schedule } from '@nexomatic/db/entities/schedule';
import type { ScheduleStanding } from '@nexomatic/db/ledger/schedule-rows';
import type { Timing } from './cron/run-times.ts';

/** Where a schedule stands, of its row as the definitions' side reads it. */
export const standingOf = (row: Schedule): ScheduleStanding => ({
  pausedAt: row.pausedAt ?? null,
  pausedBy: row.pausedBy ?? null,
  pauseNote: row.pauseNote ?? null,
  pausedUntil: row.pausedUntil ?? null,
  failuresInRow: row.failuresInRow,
  skipDueAt: row.skipDueAt ?? null,
  nextDueAt: row.nextDueAt ?? null,
  waitingDueAt: row.waitingDueAt ?? null,
  heldCount: row.heldCount,
  wakeAt: row.wakeAt ?? null,
});

/** When a schedule runs, of the same row. */
export const timingOf = (row: Pick<Schedule, 'kind' | 'cron' | 'at' | 'timeZone' | 'startsAt' | 'endsAt'>): Timing => ({
  ...{ kind: row.kind, cron: row.cron ?? null, timeZone: row.timeZone },
  ...{ at: row.at ?? null, startsAt: row.startsAt ?? null, endsAt: row.endsAt ?? null },
});
