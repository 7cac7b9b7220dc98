import { coalesce } from '@nexomatic/coalesce';
import type { Id } from '@nexomatic/contracts/id';
import type { RecordOutcome, Report } from '@nexomatic/contracts/sink-protocol';
import { fromWire } from '@nexomatic/contracts/wire-bytes';
import { insertActivity } from '@nexomatic/db/ledger/activity';
import { type AttemptHolder, findAttempts } from '@nexomatic/db/ledger/attempts';
import { type EventRow, lockEvents } from '@nexomatic/db/ledger/event-row';
import type { OutboxRow } from '@nexomatic/db/ledger/insert-events';
import { byTenant } from '@nexomatic/db/ledger/rows';
import { isUnavailable } from '@nexomatic/db/ledger/unavailable';
import type { Sql, SqlTransaction } from '@nexomatic/db/sql';
import type { LiveBus } from '@nexomatic/queue/live';
import type { Definitions } from '../definitions/definitions.ts';
import type { Relay } from '../dispatch/relay-outbox.ts';
import type { MaskArrivals } from '../secrets/mask-arrivals.ts';
import type { ReleasedValues } from '../secrets/released-values.ts';
import { type Ending, finishEvents } from './finish-events.ts';
import { actorOf, type SinkIdentity } from './sink-identity.ts';

interface Arrival {
  tenantId: Id<'tenant'>;
  sink: SinkIdentity;
  report: Report;
}

export type RecordResults = (sink: SinkIdentity, reports: Report[]) => Promise<RecordOutcome[]>;

/**
 * Records how attempts ended. The attempt number is the fencing token: a report counts only while the event is RUNNING
 * that very attempt on that very sink, so of all reports for an attempt one is recorded and every other changes nothing.
 */
export function createRecordResults(deps: {
  sql: Sql;
  definitions: Definitions;
  relay: Relay;
  live: LiveBus;
  releasedValues: Pick<ReleasedValues, 'forget'>;
  maskArrivals: MaskArrivals;
}): RecordResults {
  const { sql, definitions, relay, live, releasedValues, maskArrivals } = deps;

  const records = coalesce<Arrival, RecordOutcome>(
    async (arrived) => {
      const batch = await masked(arrived, maskArrivals);
      const { outcomes, tickets } = await sql.transaction(async (tx) => {
        const settled = new Map<Arrival, RecordOutcome>();
        const after: OutboxRow[] = [];
        for (const [tenantId, group] of byTenant(batch)) {
          after.push(...(await recordOfTenant(tx, definitions, tenantId, group, settled)));
        }
        return { outcomes: batch.map((arrival) => settled.get(arrival) ?? 'stale'), tickets: after };
      });
      relay.nudge(tickets);
      releasedValues.forget(batch.map(({ report }) => report));
      live.publish([
        ...batch.map(({ tenantId, report }) => ({ tenantId, eventId: report.eventId })),
        ...tickets.map(({ tenantId, eventId }) => ({ tenantId, eventId })),
      ]);
      return outcomes;
    },
    { maxBatch: 500, isolate: (error) => !isUnavailable(error) },
  );

  return (sink, reports) =>
    Promise.all(reports.map((report) => records.add({ tenantId: sink.tenantId, sink, report })));
}

/** In the same order. */
async function masked(arrivals: Arrival[], maskArrivals: MaskArrivals): Promise<Arrival[]> {
  const safe = new Map<Arrival, Report>();
  for (const [tenantId, group] of byTenant(arrivals)) {
    const reports = await maskArrivals.reports(
      tenantId,
      group.map(({ report }) => report),
    );
    for (const [i, arrival] of group.entries()) safe.set(arrival, reports[i] ?? arrival.report);
  }
  return arrivals.map((arrival) => ({ ...arrival, report: safe.get(arrival) ?? arrival.report }));
}

async function recordOfTenant(
  tx: SqlTransaction,
  definitions: Definitions,
  tenantId: Id<'tenant'>,
  arrivals: Arrival[],
  settled: Map<Arrival, RecordOutcome>,
): Promise<OutboxRow[]> {
  const ids = [...new Set(arrivals.map(({ report }) => report.eventId))];
  const running = new Map(
    (await lockEvents(tx, tenantId, ids))
      .filter((event) => event.state === 'RUNNING')
      .map((event) => [event.id, event]),
  );
  const endings: Ending[] = [];
  const late: Arrival[] = [];
  for (const arrival of arrivals) {
    const event = running.get(arrival.report.eventId);
    if (event && holds(event, arrival)) {
      endings.push(toEnding(event, arrival));
      settled.set(arrival, 'recorded');
      // The first report of a batch ends the attempt; another one for it comes late.
      running.delete(event.id);
    } else late.push(arrival);
  }
  const tickets = await finishEvents(tx, definitions, endings);
  if (late.length > 0) await noteLate(tx, tenantId, late, settled);
  return tickets;
}

const holds = (event: EventRow, { sink, report }: Arrival): boolean =>
  event.attempt === report.attempt && event.sinkId === sink.sinkId;

/** Tells a report that was recorded before (the answer got lost) from one that never will be. */
async function noteLate(
  tx: SqlTransaction,
  tenantId: Id<'tenant'>,
  late: Arrival[],
  settled: Map<Arrival, RecordOutcome>,
): Promise<void> {
  const refs = late.map(({ report }) => report);
  const holders = new Map((await findAttempts(tx, tenantId, refs)).map((holder) => [keyOf(holder), holder]));
  const stale: Arrival[] = [];
  for (const arrival of late) {
    const holder = holders.get(keyOf(arrival.report));
    if (holder && holder.sinkId === arrival.sink.sinkId && holder.state === arrival.report.state) {
      settled.set(arrival, 'already');
    } else if (holder) stale.push(arrival);
  }
  insertActivity(
    tx,
    stale.map(({ sink, report }) => ({
      tenantId,
      eventId: report.eventId,
      verb: 'stale_result' as const,
      actor: actorOf(sink),
      detail: `attempt ${report.attempt}: ${report.state} came too late and changed nothing`,
    })),
  );
}

const keyOf = ({ eventId, attempt }: Pick<AttemptHolder, 'eventId' | 'attempt'>): string => `${eventId} ${attempt}`;

function toEnding(event: EventRow, { sink, report }: Arrival): Ending {
  return {
    event,
    state: report.state,
    reason: report.reason ?? null,
    message: report.message ?? null,
    exitCode: report.exitCode ?? null,
    result: report.result ? fromWire(report.result) : null,
    lastLogSeq: report.lastLogSeq,
    lastLogLine: report.lastLogLine,
    attemptEnd: report.state,
    actor: actorOf(sink),
    verb: 'recorded',
  };
}
