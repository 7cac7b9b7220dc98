import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import type { ListSchedules, ScheduleSummary } from '@nexomatic/contracts/schedule-api';
import type { Database } from '@nexomatic/db/database';
import { Schedule } from '@nexomatic/db/entities/schedule';
import { type EntityManager, type FilterQuery, LockMode } from '@nexomatic/db/query';
import type { Sql } from '@nexomatic/db/sql';
import { cutPage, namedPage } from '../definitions/page-by-name.ts';
import { cutPageByTime, pageByTime } from '../definitions/page-by-time.ts';
import { showSchedule, showSchedules } from './show-schedules.ts';

interface Deps {
  db: Database;
  sql: Sql;
}

/** A page of a tenant's schedules, by name or by their next run. */
export async function listSchedules(deps: Deps, tenantId: Id<'tenant'>, input: ListSchedules) {
  const em = deps.db.tenantEm(tenantId);
  const byTime = input.sort === 'next';
  const { search, limit } = input;
  const found = namedPage({ search, limit }).where;
  const { where, options } = byTime ? pageByTime(byNext, input) : namedPage(input);
  const rows = await em.find(Schedule, { $and: [where, found, conditionOf(input)] }, options);
  const { page, nextCursor } = byTime ? cutPageByTime(byNext, rows, input) : cutPage(rows, input);
  return { schedules: await showSchedules(deps, em, page), nextCursor };
}

const byNext = { by: 'next', field: 'nextDueAt', first: 'soonest' } as const;

/** What the filters of a list mean in columns; the words are those that `statusOf` gives. */
function conditionOf({ status, eventTypeId }: ListSchedules): FilterQuery<Schedule> {
  const ofType = eventTypeId ? { eventTypeId } : {};
  switch (status) {
    case undefined:
      return ofType;
    case 'off':
      return { ...ofType, enabled: false };
    case 'paused':
      return { ...ofType, enabled: true, pausedAt: { $ne: null } };
    case 'ended':
      return { ...ofType, enabled: true, pausedAt: null, nextDueAt: null };
    case 'on':
      return { ...ofType, enabled: true, pausedAt: null, nextDueAt: { $ne: null } };
    case 'held':
      return { ...ofType, heldCount: { $gt: 0 } };
    default:
      return status satisfies never;
  }
}

export async function getSchedule(deps: Deps, tenantId: Id<'tenant'>, id: Id<'schedule'>): Promise<ScheduleSummary> {
  const em = deps.db.tenantEm(tenantId);
  return showSchedule(deps, em, await findSchedule(em, id));
}

/** The schedule, or the refusal for one that this tenant does not have. */
export async function findSchedule(em: EntityManager, id: Id<'schedule'>): Promise<Schedule> {
  const row = await em.findOne(Schedule, { id });
  if (!row) throw noSchedule(id);
  return row;
}

/** The same, and nobody fires or changes it until the transaction ends. */
export async function lockSchedule(em: EntityManager, id: Id<'schedule'>): Promise<Schedule> {
  const row = await em.findOne(Schedule, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!row) throw noSchedule(id);
  return row;
}

export const noSchedule = (id: Id<'schedule'>): NexomaticError =>
  new NexomaticError('not_found', `There is no schedule ${id} here.`);
