import { blackoutWindow } from '@nexomatic/contracts/blackout-api';
import type { Id } from '@nexomatic/contracts/id';
import type { SkipReason } from '@nexomatic/contracts/schedule-occurrence';
import type { Database } from '@nexomatic/db/database';
import {
  blackoutsOf,
  occurrenceKey,
  openEvents,
  schedulerSources,
  standingOccurrences,
  suspendedTenants,
} from '@nexomatic/db/ledger/schedule-facts';
import { readPayloads, type ScheduleRow } from '@nexomatic/db/ledger/schedule-rows';
import type { SqlTransaction } from '@nexomatic/db/sql';
import type { Definitions, EventTypeDefinition } from '../definitions/definitions.ts';
import { inWindow } from './blackouts/in-window.ts';
import type { RunFacts } from './decide-runs.ts';
import type { DueRuns } from './due-runs.ts';
import { schedulerSource } from './scheduler-source.ts';

/** A schedule that may fire now, with all that decides about it and that its events are made of. */
export interface Candidate {
  schedule: ScheduleRow;
  due: DueRuns;
  facts: RunFacts;
  eventType: EventTypeDefinition | null;
  sourceId: Id<'source'>;
  /** What is not finished, for the rule that cancels it. */
  open: Id<'event'>[];
  payload: Uint8Array;
}

interface Deps {
  db: Database;
  definitions: Definitions;
}

/** Reads, in the transaction that holds the schedules, what decides about their runs. */
export async function gatherFacts(
  deps: Deps,
  tx: SqlTransaction,
  now: Date,
  schedules: { schedule: ScheduleRow; due: DueRuns }[],
): Promise<Candidate[]> {
  const rows = schedules.map(({ schedule }) => schedule);
  const tenantIds = [...new Set(rows.map(({ tenantId }) => tenantId))];
  const suspended = await suspendedTenants(tx, tenantIds);
  const sources = await schedulerSources(tx, tenantIds);
  const blackouts = await blackoutsOf(tx, tenantIds);
  const open = await openEvents(tx, rows.filter(asksForOpen));
  const standing = await standingOccurrences(tx, schedules.flatMap(runsOf));
  const payloads = await readPayloads(tx, rows);
  const candidates: Candidate[] = [];
  for (const { schedule, due } of schedules) {
    const { tenantId, id } = schedule;
    const payload = payloads.get(id) ?? nullPayload;
    const eventType = await deps.definitions.eventType(tenantId, schedule.eventTypeId);
    const source = sources.get(tenantId);
    const windows = blackouts
      .filter((row) => row.tenantId === tenantId && (row.scheduleId === null || row.scheduleId === id))
      .map(({ span }) => blackoutWindow.parse(JSON.parse(span)));
    candidates.push({
      ...{ schedule, due, eventType, payload },
      sourceId: source?.id ?? (await schedulerSource(deps.db, tenantId)),
      open: open.get(id) ?? [],
      facts: {
        now,
        suspended: suspended.has(tenantId),
        sourceDisabled: source?.enabled === false,
        unfit: await whyUnfit(deps, schedule, eventType, payload),
        open: open.get(id)?.length ?? 0,
        inBlackout: (dueAt) => windows.some((window) => inWindow(window, dueAt)),
        standingOf: (dueAt) => standing.get(occurrenceKey(id, dueAt)),
      },
    });
  }
  return candidates;
}

export const nullPayload = Buffer.from('null');

const asksForOpen = ({ overlap, standing }: ScheduleRow): boolean =>
  overlap !== 'allow' || standing.waitingDueAt !== null;

const runsOf = ({ schedule: { tenantId, id }, due }: { schedule: ScheduleRow; due: DueRuns }) =>
  [...due.runs, ...(due.folded ? [due.folded] : [])].map(({ dueAt }) => ({ tenantId, id, dueAt }));

/** Why a run can not become an event: the same checks as for any other that asks for one. */
export async function whyUnfit(
  { definitions }: { definitions: Definitions },
  { tenantId, pinnedSinkId }: ScheduleRow,
  eventType: EventTypeDefinition | null,
  payload: Uint8Array,
): Promise<SkipReason | null> {
  // An event type that schedules name can't be deleted; what this hub remembers may still be behind.
  if (!eventType?.enabled) return 'event_type_disabled';
  if (eventType.sourceKind !== null && eventType.sourceKind !== 'SCHEDULER') return 'source_kind_refused';
  if ((eventType.payloadCheck?.(payload) ?? []).length > 0) return 'payload_invalid';
  if (pinnedSinkId === null) return null;
  const pinned = await definitions.sinkById(tenantId, pinnedSinkId);
  return pinned?.sink.sinkTypeId === eventType.sinkTypeId ? null : 'pin_unfit';
}
