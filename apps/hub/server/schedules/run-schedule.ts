import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import type { SkipReason } from '@nexomatic/contracts/schedule-occurrence';
import type { FiredRuns } from '@nexomatic/contracts/schedule-run-api';
import { insertAudit } from '@nexomatic/db/ledger/audit';
import { schedulerSources, standingOccurrences, suspendedTenants } from '@nexomatic/db/ledger/schedule-facts';
import { readPayloads, type ScheduleRow } from '@nexomatic/db/ledger/schedule-rows';
import type { SqlTransaction } from '@nexomatic/db/sql';
import type { Actor } from '../auth/actor.ts';
import { type ScheduleDeps, withSchedule } from './change-schedule.ts';
import type { DecidedRun } from './decide-runs.ts';
import { tellFired } from './fire-due.ts';
import { type RunToWrite, type WrittenRuns, writeRuns } from './fire-runs.ts';
import { nullPayload, whyUnfit } from './gather-facts.ts';
import { schedulerSource } from './scheduler-source.ts';

/**
 * Fires a schedule once, now, whatever its times, pauses, blackouts and rules for overlaps say: a person wants it. It is a run of
 * its own, and changes nothing about those that are planned.
 */
export async function runNow(
  deps: ScheduleDeps,
  tenantId: Id<'tenant'>,
  actor: Actor,
  id: Id<'schedule'>,
): Promise<{ dueAt: string; eventId: Id<'event'> }> {
  const { written, dueAt } = await withSchedule(deps, { tenantId, id }, async (tx, schedule, now) => {
    const free = await freeInstant(tx, schedule, now);
    const run: DecidedRun = { ...firedBy('manual'), dueAt: free };
    const written = await fireByHand(deps, tx, { schedule, runs: [run], now, actor });
    audit(tx, schedule, actor, { action: 'schedule.run_now', after: { eventId: written.eventIds[0] } });
    return { written, dueAt: free.toISOString() };
  });
  tellFired(deps, written);
  const [eventId] = written.eventIds;
  if (!eventId) throw new Error(`schedule ${id} was run and fired nothing`);
  return { dueAt, eventId };
}

/** A run that somebody wants: it has no instant yet. */
export const firedBy = (origin: DecidedRun['origin']): Omit<DecidedRun, 'dueAt'> => ({
  ...{ throughAt: null, count: 1, status: 'fired', reason: null, origin, from: null },
});

/** The first millisecond from now on that no run of the schedule stands at. */
async function freeInstant(tx: SqlTransaction, { tenantId, id }: ScheduleRow, now: Date): Promise<Date> {
  for (let at = now.getTime(); ; at += 1) {
    const dueAt = new Date(at);
    if ((await standingOccurrences(tx, [{ tenantId, id, dueAt }])).size === 0) return dueAt;
  }
}

interface ByHand {
  schedule: ScheduleRow;
  runs: DecidedRun[];
  now: Date;
  actor: Actor;
}

/** Fires runs that somebody wants, in the transaction that holds their schedule; refuses what can not become an event. */
export async function fireByHand(
  deps: ScheduleDeps,
  tx: SqlTransaction,
  { schedule, runs, now, actor }: ByHand,
): Promise<WrittenRuns> {
  const { tenantId, id, pinnedSinkId } = schedule;
  const eventType = await deps.definitions.eventType(tenantId, schedule.eventTypeId);
  const payload = (await readPayloads(tx, [schedule])).get(id) ?? nullPayload;
  const source = (await schedulerSources(tx, [tenantId])).get(tenantId);
  const suspended = (await suspendedTenants(tx, [tenantId])).has(tenantId);
  const reason = suspended ? 'tenant_suspended' : source?.enabled === false ? 'source_disabled' : null;
  const unfit = reason ?? (await whyUnfit(deps, schedule, eventType, payload));
  if (unfit) throw cannotFire(schedule.name, eventType?.name ?? 'its event type', unfit);
  const sourceId = source?.id ?? (await schedulerSource(deps.db, tenantId));
  const parts = { schedule: { tenantId, id, pinnedSinkId }, eventType, sourceId, payload };
  return writeRuns(
    tx,
    runs.map((run): RunToWrite => ({ ...parts, run })),
    { now, by: actor.name },
  );
}

function cannotFire(name: string, eventType: string, reason: SkipReason): NexomaticError {
  switch (reason) {
    case 'tenant_suspended':
      return new NexomaticError('tenant_suspended', 'The tenant is suspended; nothing is fired.');
    case 'event_type_disabled':
      return new NexomaticError('event_type_disabled', `Event type ${eventType} is disabled.`);
    case 'source_disabled':
      return new NexomaticError('unprocessable', 'The source of schedules is switched off; switch it on in Sources.');
    case 'source_kind_refused':
      return new NexomaticError('unprocessable', `Event type ${eventType} does not allow SCHEDULER sources.`);
    case 'payload_invalid':
      return new NexomaticError('unprocessable', `The payload of ${name} does not pass the schema of ${eventType}.`);
    default:
      return new NexomaticError('unprocessable', `The sink that ${name} is pinned to can not run ${eventType}.`);
  }
}

/** The answer for runs that were fired together; who is to hear of them hears. */
export function firedTogether(deps: ScheduleDeps, written: WrittenRuns): FiredRuns {
  tellFired(deps, written);
  return { fired: written.eventIds.length, eventIds: written.eventIds };
}

/** What somebody did with the runs of a schedule. */
export function audit(
  tx: SqlTransaction,
  { tenantId, id, name }: ScheduleRow,
  actor: Actor,
  { action, after }: { action: `schedule.${string}`; after: object },
): void {
  insertAudit(tx, tenantId, [{ actor, action, object: { kind: 'schedule', id, name }, before: null, after }]);
}
