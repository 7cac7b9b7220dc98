import type {
  BlackoutSummary,
  BlackoutWindow,
  CreateBlackout,
  UpdateBlackout,
} from '@nexomatic/contracts/blackout-api';
import { type Id, newId } from '@nexomatic/contracts/id';
import { Schedule } from '@nexomatic/db/entities/schedule';
import { ScheduleBlackout } from '@nexomatic/db/entities/schedule-blackout';
import type { EntityManager } from '@nexomatic/db/query';
import { recordAudit } from '../../audit/record-audit.ts';
import type { Actor } from '../../auth/actor.ts';
import { changeDefinition, type DefinitionDeps, expectVersion } from '../../definitions/change-definition.ts';
import { checkTimeZone } from '../../tenants/check-time-zone.ts';
import { refusal } from '../check-schedule.ts';
import { blackoutBodyOf, findBlackout, showBlackout } from './read-blackouts.ts';

type Deps = DefinitionDeps & { databaseTime(): Promise<Date> };

/** Makes a window in which a schedule, or every schedule of the tenant, skips its runs. */
export function createBlackout(
  deps: Deps,
  tenantId: Id<'tenant'>,
  actor: Actor,
  { window, ...fields }: CreateBlackout,
): Promise<BlackoutSummary> {
  return changeDefinition(deps, tenantId, async (em) => {
    await check(em, fields.scheduleId, window);
    const span = JSON.stringify(window);
    const row = em.create(ScheduleBlackout, { tenantId, id: newId('blackout'), ...fields, span });
    await em.persist(row).flush();
    const object = { kind: 'blackout' as const, id: row.id, name: row.name };
    recordAudit(em, tenantId, actor, { action: 'blackout.created', object, before: null, after: blackoutBodyOf(row) });
    await em.flush();
    await em.refresh(row);
    return showBlackout(em, row, await deps.databaseTime());
  });
}

/** Makes a window what the input says. Runs that were skipped stay skipped. */
export function updateBlackout(
  deps: Deps,
  tenantId: Id<'tenant'>,
  actor: Actor,
  { id, version, window, ...fields }: UpdateBlackout,
): Promise<BlackoutSummary> {
  return changeDefinition(deps, tenantId, async (em) => {
    const row = await findBlackout(em, id);
    expectVersion(row, version);
    await check(em, fields.scheduleId, window);
    const before = blackoutBodyOf(row);
    em.assign(row, { ...fields, span: JSON.stringify(window) });
    const object = { kind: 'blackout' as const, id, name: row.name };
    recordAudit(em, tenantId, actor, { action: 'blackout.updated', object, before, after: blackoutBodyOf(row) });
    await em.flush();
    await em.refresh(row);
    return showBlackout(em, row, await deps.databaseTime());
  });
}

/** Deletes a window: runs fire in it again. */
export function deleteBlackout(deps: Deps, tenantId: Id<'tenant'>, actor: Actor, id: Id<'blackout'>): Promise<void> {
  return changeDefinition(deps, tenantId, async (em) => {
    const row = await findBlackout(em, id);
    const object = { kind: 'blackout' as const, id, name: row.name };
    recordAudit(em, tenantId, actor, { action: 'blackout.deleted', object, before: blackoutBodyOf(row), after: null });
    await em.remove(row).flush();
  });
}

async function check(em: EntityManager, scheduleId: Id<'schedule'> | null, window: BlackoutWindow): Promise<void> {
  if (scheduleId !== null && (await em.count(Schedule, { id: scheduleId })) === 0) {
    throw refusal('scheduleId', 'It names a schedule that is not here.', 'no schedule has this id');
  }
  if (window.kind === 'weekly') checkTimeZone(window.timeZone);
  else if (Date.parse(window.until) <= Date.parse(window.from)) {
    throw refusal('window.until', 'The window ends before it begins.', 'after the beginning');
  }
}
