import type { BlackoutWindow } from '@nexomatic/contracts/blackout-api';
import type { Id } from '@nexomatic/contracts/id';
import { ScheduleBlackout } from '@nexomatic/db/entities/schedule-blackout';
import type { EntityManager } from '@nexomatic/db/query';
import { inWindow } from './in-window.ts';
import { blackoutBodyOf } from './read-blackouts.ts';

interface Blackout {
  id: Id<'blackout'>;
  name: string;
  scheduleId: Id<'schedule'> | null;
  window: BlackoutWindow;
}

/** Finds the window that keeps a run from firing: one of the schedule itself or of the whole tenant. */
type FindBlackout = (scheduleId: Id<'schedule'> | null, dueAt: Date) => Pick<Blackout, 'id' | 'name'> | null;

/** The windows of a tenant as they stand, to be asked about any number of runs; of a schedule that is not saved by null. */
export async function blackoutsNow(em: EntityManager): Promise<FindBlackout> {
  const rows = await em.find(ScheduleBlackout, {}, { orderBy: { id: 'asc' } });
  const blackouts = rows.map((row): Blackout => ({ id: row.id, ...blackoutBodyOf(row) }));
  return (scheduleId, dueAt) => {
    const found = blackouts.find(
      (one) => (one.scheduleId === null || one.scheduleId === scheduleId) && inWindow(one.window, dueAt),
    );
    return found ? { id: found.id, name: found.name } : null;
  };
}
