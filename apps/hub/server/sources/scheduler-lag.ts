import type { SchedulerLag } from '@nexomatic/contracts/source-api';
import { Schedule } from '@nexomatic/db/entities/schedule';
import { ScheduleOccurrence } from '@nexomatic/db/entities/schedule-occurrence';
import type { EntityManager } from '@nexomatic/db/query';
import { fireTime } from '../schedules/jitter.ts';

/** Of the latest decisions; older ones say little of how the scheduler does now. */
const looked = 200;

/** How late a tenant's scheduler fires; null when it has fired nothing by the clock lately. */
export async function schedulerLag(em: EntityManager): Promise<SchedulerLag | null> {
  const latest = await em.find(ScheduleOccurrence, {}, { orderBy: { decidedAt: 'desc' }, limit: looked });
  const fired = latest.filter(({ status, origin }) => status === 'fired' && origin === 'tick');
  const [last] = fired;
  if (!last) return null;
  const schedules = await em.find(
    Schedule,
    { id: { $in: [...new Set(fired.map(({ scheduleId }) => scheduleId))] } },
    { fields: ['id', 'jitterSeconds'] },
  );
  const jitters = new Map(schedules.map(({ id, jitterSeconds }) => [id, jitterSeconds]));
  const lags = fired
    .map(({ scheduleId, dueAt, decidedAt }) => {
      const planned = fireTime({ id: scheduleId, jitterSeconds: jitters.get(scheduleId) ?? 0 }, dueAt);
      return Math.max(0, decidedAt.getTime() - planned.getTime());
    })
    .sort((one, other) => one - other);
  return {
    runs: lags.length,
    medianMs: lags[Math.floor((lags.length - 1) / 2)] ?? 0,
    maxMs: lags.at(-1) ?? 0,
    lastFiredAt: last.decidedAt.toISOString(),
  };
}
