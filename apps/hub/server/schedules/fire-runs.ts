import { hash } from 'node:crypto';
import { type Id, newId } from '@nexomatic/contracts/id';
import type { ScheduleRef } from '@nexomatic/db/ledger/schedule-rows';
import { type OccurrenceWrite, writeOccurrences } from '@nexomatic/db/ledger/write-occurrences';
import type { SqlTransaction } from '@nexomatic/db/sql';
import type { EventTypeDefinition } from '../definitions/definitions.ts';
import { type PreparedReceipt, writeReceipts } from '../ingress/commit-receipts.ts';
import { prepareAccepted } from '../ingress/prepare-receipt.ts';
import type { DecidedRun } from './decide-runs.ts';

/** A run with what its event is made of, if it is one that fires. */
export interface RunToWrite {
  schedule: ScheduleRef & { pinnedSinkId: Id<'sink'> | null };
  run: DecidedRun;
  eventType: EventTypeDefinition | null;
  sourceId: Id<'source'>;
  payload: Uint8Array;
}

export interface WrittenRuns {
  /** New receipts with their events, for whoever is told after the commit. */
  fresh: PreparedReceipt[];
  /** The event of each run that fired, in the order of the runs. */
  eventIds: Id<'event'>[];
}

/**
 * Writes what was decided of runs: those that fire with receipt and event, all in the caller's transaction, who holds the
 * schedules. `now` is when it was decided, `by` who wanted it.
 */
export async function writeRuns(
  tx: SqlTransaction,
  runs: RunToWrite[],
  { now, by }: { now: Date; by: string | null },
): Promise<WrittenRuns> {
  const firing = runs.filter(({ run }) => run.status === 'fired');
  const prepared = firing.map((one) => prepare(one, now));
  const standing = await writeReceipts(tx, prepared);
  // A receipt of this very run can stand without its row only where rows were deleted: its event is the run's then.
  const eventIds = prepared.map(({ events }, i) => standing[i]?.eventId ?? events[0]?.id ?? null);
  const eventOf = new Map(firing.map((one, i) => [one, eventIds[i] ?? null]));
  writeOccurrences(
    tx,
    runs.map((one) => toRow(one, eventOf.get(one) ?? null, { now, by })),
  );
  return {
    fresh: prepared.filter((_, i) => standing[i] === null),
    eventIds: eventIds.filter((id) => id !== null),
  };
}

function prepare({ schedule, run, eventType, sourceId, payload }: RunToWrite, now: Date): PreparedReceipt {
  if (!eventType) throw new Error(`schedule ${schedule.id} fires an event type that there is not`);
  return prepareAccepted(
    {
      tenantId: schedule.tenantId,
      eventTypeId: eventType.id,
      sourceId,
      sourceKind: 'SCHEDULER',
      bypassedBy: null,
      receiptId: newId('receipt'),
      dedupeKey: runKey(schedule.id, run.dueAt),
      body: payload,
      contentType: 'application/json',
      remoteAddress: '',
      headers: [],
      receivedAt: now.getTime(),
      rejectOtherBody: false,
      pinnedSinkId: schedule.pinnedSinkId,
      scheduleId: schedule.id,
    },
    [{ kind: 'fires', eventType, bypassed: null }],
  );
}

/** What makes a run one delivery of the tenant's scheduler: its schedule and its planned instant. */
const runKey = (id: Id<'schedule'>, dueAt: Date): Uint8Array =>
  hash('sha256', JSON.stringify(['schedule', id, dueAt.getTime()]), 'buffer');

const toRow = (
  { schedule, run }: RunToWrite,
  eventId: Id<'event'> | null,
  { now, by }: { now: Date; by: string | null },
): OccurrenceWrite => ({
  ...run,
  tenantId: schedule.tenantId,
  scheduleId: schedule.id,
  eventId,
  decidedAt: now,
  decidedBy: by?.slice(0, 200) ?? null,
});
