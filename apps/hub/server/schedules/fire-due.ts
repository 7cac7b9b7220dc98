import type { Database } from '@nexomatic/db/database';
import {
  lockDueSchedule,
  lockDueSchedules,
  type ScheduleRef,
  type ScheduleRow,
  writeStandings,
  writeWake,
} from '@nexomatic/db/ledger/schedule-rows';
import { isUnavailable } from '@nexomatic/db/ledger/unavailable';
import type { Sql, SqlTransaction } from '@nexomatic/db/sql';
import type { Logger } from '@nexomatic/logger';
import type { LiveBus } from '@nexomatic/queue/live';
import type { Definitions } from '../definitions/definitions.ts';
import type { Relay } from '../dispatch/relay-outbox.ts';
import { type CancelledEvents, cancelWithin } from '../events/cancel-events.ts';
import { tellCommitted } from '../ingress/commit-receipts.ts';
import type { RequestCounters } from '../requests/count-requests.ts';
import type { SignalBus } from '../sinks/control/signal-bus.ts';
import type { NoteReceived } from '../sources/note-received.ts';
import { recordChange } from './audit-ticks.ts';
import { decideRuns } from './decide-runs.ts';
import { dueRuns } from './due-runs.ts';
import { type RunToWrite, type WrittenRuns, writeRuns } from './fire-runs.ts';
import { type Candidate, gatherFacts } from './gather-facts.ts';

export interface FireDeps {
  db: Database;
  sql: Sql;
  definitions: Definitions;
  relay: Relay;
  live: LiveBus;
  signals: Pick<SignalBus, 'tell'>;
  noteReceived: NoteReceived;
  requestCounters: Pick<RequestCounters, 'count'>;
  logger: Logger;
}

/** Schedules of one transaction: as many as share its round trips well, few enough for their payloads. */
export const batchSize = 100;
/** How long a schedule waits that can not be decided, for a reason that lies in itself. What was due is decided then. */
const postponeMs = 60_000;

/**
 * Fires every schedule that is due, batch by batch, until none is left that no other hub has in hand; gives how many were looked
 * at. Any number of hubs may do this at any time: a schedule is locked while its runs are decided, and a run has one row.
 */
export async function fireDue(deps: FireDeps, now: Date): Promise<number> {
  let total = 0;
  for (;;) {
    const looked = await fireBatch(deps, now);
    total += looked;
    if (looked < batchSize) return total;
  }
}

async function fireBatch(deps: FireDeps, now: Date): Promise<number> {
  let rows: ScheduleRow[] = [];
  try {
    await decideAndFire(deps, now, async (tx) => {
      rows = await lockDueSchedules(tx, now, batchSize);
      return rows;
    });
  } catch (error) {
    if (isUnavailable(error) || rows.length === 0) throw error;
    await fireOneByOne(deps, now, rows);
  }
  return rows.length;
}

/**
 * Fires what of one schedule is due, before somebody changes it: a run belongs to the definition of its instant. A schedule that
 * can't be decided is left as it is, since the change may be what mends it.
 */
export async function fireBefore(deps: FireDeps, ref: ScheduleRef, now: Date): Promise<void> {
  try {
    await decideAndFire(deps, now, (tx) => lockDueSchedule(tx, now, ref));
  } catch (error) {
    if (isUnavailable(error)) throw error;
    deps.logger.error({ tenantId: ref.tenantId, scheduleId: ref.id, err: error }, 'schedule.not_fired');
  }
}

/** What one of a batch is refused for must not keep the others, nor a later batch, from firing. */
async function fireOneByOne(deps: FireDeps, now: Date, rows: ScheduleRef[]): Promise<void> {
  for (const { tenantId, id } of rows) {
    try {
      await decideAndFire(deps, now, (tx) => lockDueSchedule(tx, now, { tenantId, id }));
    } catch (error) {
      if (isUnavailable(error)) throw error;
      deps.logger.error({ tenantId, scheduleId: id, err: error }, 'schedule.not_fired');
      await writeWake(deps.sql, { tenantId, id }, new Date(now.getTime() + postponeMs));
    }
  }
}

/** One transaction: what is locked is decided, its events are made, and each schedule moves on to its next run. */
async function decideAndFire(
  deps: FireDeps,
  now: Date,
  lock: (tx: SqlTransaction) => Promise<ScheduleRow[]>,
): Promise<void> {
  const done = await deps.sql.transaction(async (tx) => {
    const rows = await lock(tx);
    if (rows.length === 0) return null;
    const due = rows.map((schedule) => ({ schedule, due: dueRuns(schedule, now) }));
    const candidates = await gatherFacts(deps, tx, now, due);
    const decided = candidates.map((one) => ({ one, decision: decideRuns(one.schedule, one.due, one.facts) }));
    const cancelled: CancelledEvents[] = [];
    for (const { one, decision } of decided) {
      if (decision.cancelOpen) cancelled.push(await cancelWithin(tx, deps.definitions, cancelOf(one)));
    }
    const runs = decided.flatMap(({ one, decision }) => decision.runs.map((run): RunToWrite => ({ ...one, run })));
    const written = await writeRuns(tx, runs, { now, by: null });
    for (const { one, decision } of decided) recordChange(tx, one.schedule, decision);
    writeStandings(
      tx,
      decided.map(({ one: { schedule }, decision }) => ({ ...refOf(schedule), standing: decision.standing })),
    );
    return { candidates, written, cancelled };
  });
  if (done) tellAll(deps, done);
}

const refOf = ({ tenantId, id }: ScheduleRow): ScheduleRef => ({ tenantId, id });

const cancelOf = ({ schedule, open }: Candidate) => ({
  tenantId: schedule.tenantId,
  ids: open,
  by: 'hub',
  note: `the next run of the schedule ${schedule.name} is due`,
});

/** What follows a commit. Nothing of it is waited for, and all of it is made up for if it is lost. */
function tellAll(
  deps: FireDeps,
  { candidates, written, cancelled }: { candidates: Candidate[]; written: WrittenRuns; cancelled: CancelledEvents[] },
): void {
  for (const { tell } of cancelled) tell(deps);
  tellFired(deps, written);
  deps.live.publish(candidates.map(({ schedule: { tenantId, id } }) => ({ tenantId, eventId: null, scheduleId: id })));
}

/** Tells of events that schedules have fired: their sinks' queues, the pages, and who counts what a source fires. */
export function tellFired(deps: FireDeps, { fresh }: WrittenRuns): void {
  tellCommitted(deps, fresh);
  for (const { receipt } of fresh) {
    const { tenantId, sourceId } = receipt;
    if (!sourceId) continue;
    deps.noteReceived({ tenantId, id: sourceId });
    deps.requestCounters.count({ tenantId, id: sourceId }, 'accepted');
  }
}
