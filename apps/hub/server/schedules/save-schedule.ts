import { type Id, newId } from '@nexomatic/contracts/id';
import type { CreateSchedule, ScheduleSummary, UpdateSchedule } from '@nexomatic/contracts/schedule-api';
import { Schedule } from '@nexomatic/db/entities/schedule';
import { Tenant } from '@nexomatic/db/entities/tenant';
import type { EntityManager } from '@nexomatic/db/query';
import type { Sql } from '@nexomatic/db/sql';
import { recordAudit } from '../audit/record-audit.ts';
import type { Actor } from '../auth/actor.ts';
import { changeDefinition, type DefinitionDeps, expectVersion } from '../definitions/change-definition.ts';
import { checkTarget, checkTiming, refusal } from './check-schedule.ts';
import { lockSchedule } from './read-schedules.ts';
import { scheduleBodyOf, showSchedule } from './show-schedules.ts';

type Deps = DefinitionDeps & { sql: Sql };

/** Makes a schedule. */
export function createSchedule(
  deps: Deps,
  tenantId: Id<'tenant'>,
  actor: Actor,
  input: CreateSchedule,
): Promise<ScheduleSummary> {
  return changeDefinition(deps, tenantId, async (em) => {
    const row = em.create(Schedule, { tenantId, id: newId('schedule'), ...(await columnsOf(em, input)) });
    await em.persist(row).flush();
    const object = { kind: 'schedule' as const, id: row.id, name: row.name };
    recordAudit(em, tenantId, actor, { action: 'schedule.created', object, before: null, after: scheduleBodyOf(row) });
    await em.flush();
    await em.refresh(row);
    return showSchedule(deps, em, row);
  });
}

/** Makes a schedule what the input says. */
export function updateSchedule(
  deps: Deps,
  tenantId: Id<'tenant'>,
  actor: Actor,
  { id, version, ...input }: UpdateSchedule,
): Promise<ScheduleSummary> {
  return changeDefinition(deps, tenantId, async (em) => {
    const row = await lockSchedule(em, id);
    expectVersion(row, version);
    const before = scheduleBodyOf(row);
    em.assign(row, await columnsOf(em, input));
    const object = { kind: 'schedule' as const, id, name: row.name };
    recordAudit(em, tenantId, actor, { action: 'schedule.updated', object, before, after: scheduleBodyOf(row) });
    await em.flush();
    await em.refresh(row);
    return showSchedule(deps, em, row);
  });
}

/** The columns that a save sets, once it is known that they fit. */
async function columnsOf(em: EntityManager, input: CreateSchedule) {
  if (input.enabled) throw refusal('enabled', 'Schedules do not run yet: save it switched off.', 'false');
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
