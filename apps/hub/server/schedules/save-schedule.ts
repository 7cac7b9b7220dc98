import { maxPayloadBytes } from '@nexomatic/contracts/envelope';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import { type Id, newId } from '@nexomatic/contracts/id';
import type { CreateSchedule, ScheduleSummary, UpdateSchedule } from '@nexomatic/contracts/schedule-api';
import { EventType } from '@nexomatic/db/entities/event-type';
import { Schedule } from '@nexomatic/db/entities/schedule';
import { Sink } from '@nexomatic/db/entities/sink';
import type { EntityManager } from '@nexomatic/db/query';
import { recordAudit } from '../audit/record-audit.ts';
import type { Actor } from '../auth/actor.ts';
import { changeDefinition, type DefinitionDeps, expectVersion } from '../definitions/change-definition.ts';
import { jsonFaultOf } from '../ingress/json-fault.ts';
import { checkTimeZone } from '../tenants/check-time-zone.ts';
import { cronFault } from './check-cron.ts';
import { findSchedule, scheduleBodyOf, showSchedule } from './read-schedules.ts';

/** Makes a schedule, switched off. */
export function createSchedule(
  deps: DefinitionDeps,
  tenantId: Id<'tenant'>,
  actor: Actor,
  input: CreateSchedule,
): Promise<ScheduleSummary> {
  return changeDefinition(deps, tenantId, async (em) => {
    await check(em, input);
    const { payload, ...fields } = input;
    const row = em.create(Schedule, { tenantId, id: newId('schedule'), ...fields, payload: Buffer.from(payload) });
    await em.persist(row).flush();
    const object = { kind: 'schedule' as const, id: row.id, name: row.name };
    recordAudit(em, tenantId, actor, { action: 'schedule.created', object, before: null, after: scheduleBodyOf(row) });
    await em.flush();
    await em.refresh(row);
    return showSchedule(em, row);
  });
}

/** Makes a schedule what the input says. */
export function updateSchedule(
  deps: DefinitionDeps,
  tenantId: Id<'tenant'>,
  actor: Actor,
  { id, version, ...input }: UpdateSchedule,
): Promise<ScheduleSummary> {
  return changeDefinition(deps, tenantId, async (em) => {
    const row = await findSchedule(em, id);
    expectVersion(row, version);
    await check(em, input);
    const before = scheduleBodyOf(row);
    em.assign(row, { ...input, payload: Buffer.from(input.payload) });
    const object = { kind: 'schedule' as const, id, name: row.name };
    recordAudit(em, tenantId, actor, { action: 'schedule.updated', object, before, after: scheduleBodyOf(row) });
    await em.flush();
    await em.refresh(row);
    return showSchedule(em, row);
  });
}

async function check(em: EntityManager, input: CreateSchedule): Promise<void> {
  if (input.enabled) throw refusal('enabled', 'Schedules do not run yet: save it switched off.', 'false');
  const cron = cronFault(input.cron);
  if (cron) throw refusal('cron', 'The cron expression does not fit.', cron);
  checkTimeZone(input.timeZone);
  const payload = Buffer.from(input.payload);
  if (payload.length > maxPayloadBytes) {
    throw refusal('payload', 'The payload is too large.', `larger than ${maxPayloadBytes} bytes`);
  }
  const fault = jsonFaultOf(payload);
  if (fault !== null) throw refusal('payload', 'The payload is not JSON.', fault);
  if ((await em.count(EventType, { id: input.eventTypeId })) === 0) {
    throw refusal('eventTypeId', 'It names an event type that is not here.', 'no event type has this id');
  }
  if (input.pinnedSinkId !== null && (await em.count(Sink, { id: input.pinnedSinkId })) === 0) {
    throw refusal('pinnedSinkId', 'It names a sink that is not here.', 'no sink has this id');
  }
}

const refusal = (path: string, detail: string, message: string): NexomaticError =>
  new NexomaticError('unprocessable', detail, { errors: [{ path, message }] });
