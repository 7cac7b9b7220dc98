import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import type { ScheduleSummary } from '@nexomatic/contracts/schedule-api';
import type { Database } from '@nexomatic/db/database';
import { EventType } from '@nexomatic/db/entities/event-type';
import { Schedule } from '@nexomatic/db/entities/schedule';
import { Sink } from '@nexomatic/db/entities/sink';
import type { EntityManager } from '@nexomatic/db/query';
import { cutPage, type NamedPageInput, namedPage } from '../definitions/page-by-name.ts';

interface Deps {
  db: Database;
}

/** A page of a tenant's schedules, by name. */
export async function listSchedules({ db }: Deps, tenantId: Id<'tenant'>, input: NamedPageInput) {
  const em = db.tenantEm(tenantId);
  const { where, options } = namedPage(input);
  const { page, nextCursor } = cutPage(await em.find(Schedule, where, options), input);
  return { schedules: await showSchedules(em, page), nextCursor };
}

export async function getSchedule({ db }: Deps, tenantId: Id<'tenant'>, id: Id<'schedule'>): Promise<ScheduleSummary> {
  const em = db.tenantEm(tenantId);
  return showSchedule(em, await findSchedule(em, id));
}

/** The schedule, or the refusal for one that this tenant does not have. */
export async function findSchedule(em: EntityManager, id: Id<'schedule'>): Promise<Schedule> {
  const row = await em.findOne(Schedule, { id });
  if (!row) throw new NexomaticError('not_found', `There is no schedule ${id} here.`);
  return row;
}

export async function showSchedule(em: EntityManager, row: Schedule): Promise<ScheduleSummary> {
  const [shown] = await showSchedules(em, [row]);
  if (!shown) throw new Error('one schedule was to be shown');
  return shown;
}

async function showSchedules(em: EntityManager, rows: Schedule[]): Promise<ScheduleSummary[]> {
  const eventTypes = await em.find(EventType, { id: { $in: rows.map(({ eventTypeId }) => eventTypeId) } });
  const pins = rows.flatMap(({ pinnedSinkId }) => pinnedSinkId ?? []);
  const sinks = await em.find(Sink, { id: { $in: pins } });
  return rows.map((row) => ({
    id: row.id,
    ...scheduleBodyOf(row),
    eventType: pick(eventTypes.find(({ id }) => id === row.eventTypeId)),
    pinnedSink: pick(sinks.find(({ id }) => id === row.pinnedSinkId)),
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }));
}

const pick = <Row extends { id: string; name: string }>(row: Row | undefined) =>
  row ? { id: row.id as Row['id'], name: row.name } : null;

/** The part of a schedule that a save changes and the audit log shows. */
export function scheduleBodyOf(row: Schedule) {
  const { name, description, eventTypeId, cron, timeZone, pinnedSinkId, enabled } = row;
  const payload = row.payload ? Buffer.from(row.payload).toString('utf8') : 'null';
  return { name, description, eventTypeId, cron, timeZone, payload, pinnedSinkId: pinnedSinkId ?? null, enabled };
}
