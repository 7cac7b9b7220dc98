import { type BlackoutSummary, blackoutWindow } from '@nexomatic/contracts/blackout-api';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import type { Database } from '@nexomatic/db/database';
import { Schedule } from '@nexomatic/db/entities/schedule';
import { ScheduleBlackout } from '@nexomatic/db/entities/schedule-blackout';
import type { EntityManager } from '@nexomatic/db/query';
import { inWindow } from './in-window.ts';

interface Deps {
  db: Database;
  databaseTime(): Promise<Date>;
}

/** A page of a tenant's blackouts in the order in which they were made, or of those that hold for one schedule. */
export async function listBlackouts(
  { db, databaseTime }: Deps,
  tenantId: Id<'tenant'>,
  input: { scheduleId?: Id<'schedule'> | undefined; limit: number; cursor?: Id<'blackout'> | undefined },
) {
  const em = db.tenantEm(tenantId);
  const { scheduleId, limit, cursor } = input;
  const rows = await em.find(
    ScheduleBlackout,
    {
      ...(cursor ? { id: { $gt: cursor } } : {}),
      ...(scheduleId ? { $or: [{ scheduleId }, { scheduleId: null }] } : {}),
    },
    { orderBy: { id: 'asc' }, limit: limit + 1 },
  );
  const page = rows.slice(0, limit);
  const nextCursor = rows.length > limit ? (page.at(-1)?.id ?? null) : null;
  return { blackouts: await showBlackouts(em, page, await databaseTime()), nextCursor };
}

export async function getBlackout(
  { db, databaseTime }: Deps,
  tenantId: Id<'tenant'>,
  id: Id<'blackout'>,
): Promise<BlackoutSummary> {
  const em = db.tenantEm(tenantId);
  return showBlackout(em, await findBlackout(em, id), await databaseTime());
}

/** The blackout, or the refusal for one that this tenant does not have. */
export async function findBlackout(em: EntityManager, id: Id<'blackout'>): Promise<ScheduleBlackout> {
  const row = await em.findOne(ScheduleBlackout, { id });
  if (!row) throw new NexomaticError('not_found', `There is no blackout ${id} here.`);
  return row;
}

export async function showBlackout(em: EntityManager, row: ScheduleBlackout, now: Date): Promise<BlackoutSummary> {
  const [shown] = await showBlackouts(em, [row], now);
  if (!shown) throw new Error('one blackout was to be shown');
  return shown;
}

async function showBlackouts(em: EntityManager, rows: ScheduleBlackout[], now: Date): Promise<BlackoutSummary[]> {
  const ids = rows.flatMap(({ scheduleId }) => scheduleId ?? []);
  const schedules = await em.find(Schedule, { id: { $in: ids } }, { fields: ['id', 'name'] });
  return rows.map((row) => {
    const schedule = schedules.find(({ id }) => id === row.scheduleId);
    const body = blackoutBodyOf(row);
    return {
      id: row.id,
      ...body,
      schedule: schedule ? { id: schedule.id, name: schedule.name } : null,
      active: inWindow(body.window, now),
      version: row.version,
      createdAt: row.createdAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
    };
  });
}

/** The part of a blackout that a save changes and the audit log shows. */
export const blackoutBodyOf = ({ name, scheduleId, span }: ScheduleBlackout) => ({
  name,
  scheduleId: scheduleId ?? null,
  window: blackoutWindow.parse(JSON.parse(span)),
});
