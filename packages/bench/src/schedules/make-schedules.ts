import { newId } from '@nexomatic/contracts/id';
import type { Database } from '@nexomatic/db/database';
import type { EventType } from '@nexomatic/db/entities/event-type';
import { Schedule } from '@nexomatic/db/entities/schedule';

const perStatement = 1_000;

/** When schedules run, and when the first of their runs is due. */
export interface Timing {
  cron: string;
  dueAt: Date;
}

/** Writes many schedules that are switched on, as the hub itself would have planned them. */
export async function makeSchedules(
  database: Database,
  { tenantId, id: eventTypeId }: Pick<EventType, 'tenantId' | 'id'>,
  count: number,
  { cron, dueAt }: Timing,
): Promise<void> {
  for (let from = 0; from < count; from += perStatement) {
    const em = database.tenantEm(tenantId);
    for (let i = from; i < Math.min(count, from + perStatement); i++) {
      const id = newId('schedule');
      const planned = { enabled: true, nextDueAt: dueAt, wakeAt: dueAt };
      em.persist(em.create(Schedule, { tenantId, id, name: id, eventTypeId, cron, timeZone: 'UTC', ...planned }));
    }
    await em.flush();
  }
}

/** Takes all of them away, with what became of their runs. */
export async function dropSchedules({ sql }: Database): Promise<void> {
  for (const table of ['schedule_occurrences', 'schedules']) await sql.run(`DELETE FROM ${table}`);
}
