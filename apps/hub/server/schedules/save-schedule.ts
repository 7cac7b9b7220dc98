import { type Id, newId } from '@nexomatic/contracts/id';
import type { CreateSchedule, ScheduleSummary, UpdateSchedule } from '@nexomatic/contracts/schedule-api';
import { Schedule } from '@nexomatic/db/entities/schedule';
import { Tenant } from '@nexomatic/db/entities/tenant';
import type { EntityManager } from '@nexomatic/db/query';
import { recordAudit } from '../audit/record-audit.ts';
import type { Actor } from '../auth/actor.ts';
import { changeDefinition, type DefinitionDeps, expectVersion } from '../definitions/change-definition.ts';
import { isDue, type ScheduleDeps, tellChanged } from './change-schedule.ts';
import { checkJitter, checkNotOver, checkTarget, checkTiming } from './check-schedule.ts';
import { fireBefore } from './fire-due.ts';
import { planNext } from './plan-next.ts';
import { lockSchedule } from './read-schedules.ts';
import { schedulerSource } from './scheduler-source.ts';
import { scheduleBodyOf, showSchedule } from './show-schedules.ts';
import { standingOf, timingOf } from './standing-of.ts';

type Deps = DefinitionDeps & ScheduleDeps;

/** Makes a schedule, and the tenant's source of kind SCHEDULER with the first. */
export async function createSchedule(
  deps: Deps,
  tenantId: Id<'tenant'>,
  actor: Actor,
  input: CreateSchedule,
): Promise<ScheduleSummary> {
  const made = await changeDefinition(deps, tenantId, async (em) => {
    const columns = await columnsOf(em, input);
    const now = await deps.databaseTime();
    const row = em.create(Schedule, { tenantId, id: newId('schedule'), ...columns });
    if (row.enabled) checkNotOver(timingOf(row), now);
    plan(em, row, now);
    await em.persist(row).flush();
    const object = { kind: 'schedule' as const, id: row.id, name: row.name };
    recordAudit(em, tenantId, actor, { action: 'schedule.created', object, before: null, after: scheduleBodyOf(row) });
    await em.flush();
    await em.refresh(row);
    return showSchedule(deps, em, row);
  });
  await schedulerSource(deps.db, tenantId);
  tellChanged(deps, { tenantId, id: made.id });
  return made;
}

/** Makes a schedule what the input says, from now on: its next run is planned anew. */
export async function updateSchedule(
  deps: Deps,
  tenantId: Id<'tenant'>,
  actor: Actor,
  input: UpdateSchedule,
): Promise<ScheduleSummary> {
  const ref = { tenantId, id: input.id };
  for (let tries = 1; ; tries += 1) {
    await fireBefore(deps, ref, await deps.databaseTime());
    const saved = await changeDefinition(deps, tenantId, (em) => save(deps, em, actor, input, tries < mostTries));
    if (!saved) continue;
    tellChanged(deps, ref);
    return saved;
  }
}

/** A run that came due since what was due was fired is fired first; more than a few times it can't be. */
const mostTries = 5;

async function save(
  deps: Deps,
  em: EntityManager,
  actor: Actor,
  { id, version, ...input }: UpdateSchedule,
  mayWait: boolean,
): Promise<ScheduleSummary | null> {
  const row = await lockSchedule(em, id);
  const now = await deps.databaseTime();
  if (mayWait && isDue(standingOf(row), now)) return null;
  expectVersion(row, version);
  const before = scheduleBodyOf(row);
  em.assign(row, await columnsOf(em, input));
  // One whose only run has fired can still be renamed.
  if (row.enabled && (!before.enabled || before.at !== scheduleBodyOf(row).at)) checkNotOver(timingOf(row), now);
  plan(em, row, now);
  const object = { kind: 'schedule' as const, id, name: row.name };
  recordAudit(em, row.tenantId, actor, { action: 'schedule.updated', object, before, after: scheduleBodyOf(row) });
  await em.flush();
  await em.refresh(row);
  return showSchedule(deps, em, row);
}

/** Its next run is the first that the definition names from now on. */
function plan(em: EntityManager, row: Schedule, now: Date): void {
  const { id, jitterSeconds, enabled } = row;
  const planned = { ...timingOf(row), id, jitterSeconds, enabled };
  checkJitter(planned, now);
  em.assign(row, planNext(planned, standingOf(row), now));
}

/** The columns that a save sets, once it is known that they fit. */
async function columnsOf(em: EntityManager, input: CreateSchedule) {
  const timeZone = input.timeZone ?? (await zoneOfTenant(em));
  checkTiming({ ...input, timeZone });
  await checkTarget(em, input);
  const { payload, at, startsAt, endsAt, ...fields } = input;
  const instants = { at: dateOf(at), startsAt: dateOf(startsAt), endsAt: dateOf(endsAt) };
  return { ...fields, ...instants, timeZone, payload: Buffer.from(payload) };
}

/** An instant as programs write it, or none. */
export const dateOf = (moment: string | null): Date | null => (moment === null ? null : new Date(moment));

/** The zone of whoever names none. */
export async function zoneOfTenant(em: EntityManager): Promise<string> {
  const { timeZone } = await em.findOneOrFail(Tenant, {}, { fields: ['timeZone'] });
  return timeZone;
}
