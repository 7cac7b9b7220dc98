import { listTenantIds } from '@nexomatic/db/ledger/outbox';
import {
  closeForgotten,
  deleteOldOccurrences,
  lockUnplanned,
  wakeWaiting,
} from '@nexomatic/db/ledger/schedule-repairs';
import { type ScheduleRow, writeStandings } from '@nexomatic/db/ledger/schedule-rows';
import type { Sql } from '@nexomatic/db/sql';
import type { Logger } from '@nexomatic/logger';
import { planNext } from './plan-next.ts';

/** What became of runs is kept for so long. */
const keptDays = 400;
const pageSize = 500;
const deletedAtOnce = 1_000;

/**
 * Makes every schedule one that a tick will find: those that are switched on and have no next run get one, runs that wait for an
 * event which has ended are looked at.
 */
export async function reconcileSchedules(deps: { sql: Sql; logger: Logger }, now: Date): Promise<void> {
  const closed = await closeForgotten(deps.sql);
  const woken = await wakeWaiting(deps.sql, now);
  const planned = await planAll(deps.sql, now);
  if (closed + woken + planned > 0) deps.logger.info({ closed, woken, planned }, 'schedules.reconciled');
}

/** Deletes what became of runs long ago, some of each tenant; says whether there may be more. */
export async function forgetOldRuns({ sql }: { sql: Sql }, now: Date): Promise<boolean> {
  const before = new Date(now.getTime() - keptDays * 24 * 3_600_000);
  let most = 0;
  for (const tenantId of await listTenantIds(sql)) {
    most = Math.max(most, await deleteOldOccurrences(sql, tenantId, { before, limit: deletedAtOnce }));
  }
  return most === deletedAtOnce;
}

/** Plans schedules that are switched on and have no next run, though there is one; gives how many. */
async function planAll(sql: Sql, now: Date): Promise<number> {
  let planned = 0;
  let after: Pick<ScheduleRow, 'tenantId' | 'id'> | null = null;
  for (;;) {
    const rows: ScheduleRow[] = await sql.transaction(async (tx) => {
      const page = await lockUnplanned(tx, after, pageSize);
      const found = page.flatMap((row) => {
        const standing = planNext(row, row.standing, now);
        return standing.nextDueAt ? [{ tenantId: row.tenantId, id: row.id, standing }] : [];
      });
      writeStandings(tx, found);
      planned += found.length;
      return page;
    });
    after = rows.at(-1) ?? null;
    if (rows.length < pageSize) return planned;
  }
}
