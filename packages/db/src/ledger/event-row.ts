import type { EventReason, EventState } from '@nexomatic/contracts/event-state';
import type { Id } from '@nexomatic/contracts/id';
import type { SqlRunner } from '../sql.ts';
import { bytes, idOf, idOrNull } from './rows.ts';

/** An event as the rules see it. Read only `FOR UPDATE`, so what it says holds until the transaction ends. */
export interface EventRow {
  tenantId: Id<'tenant'>;
  id: Id<'event'>;
  eventTypeId: Id<'eventType'>;
  actionId: Id<'action'>;
  sinkTypeId: Id<'sinkType'>;
  pinnedSinkId: Id<'sink'> | null;
  /** The schedule that it was fired for. */
  scheduleId: Id<'schedule'> | null;
  state: EventState;
  reason: EventReason | null;
  /** Number of the latest attempt; 0 before the first. */
  attempt: number;
  /** How often a sink was lost while running it. */
  stalls: number;
  rootId: Id<'event'>;
  depth: number;
  sinkId: Id<'sink'> | null;
  /** By the database's clock at the time of reading. */
  runTimeOver: boolean;
  queueTimeOver: boolean;
  /** Somebody asked to end it while it runs. */
  cancelRequested: boolean;
  /** Milliseconds until it may start; 0 when it may now. */
  waitMs: number;
  /** Milliseconds that it could have been started and was not. */
  waitedMs: number;
  /** Milliseconds since the start of its latest attempt; null before the first. */
  ranMs: number | null;
}

// A first attempt started when its event did, so only a later one is looked up.
const columns = `e.tenant_id, e.id, e.event_type_id, e.action_id, e.sink_type_id, e.pinned_sink_id, e.schedule_id, e.state, e.reason,
  e.attempt, e.stalls, e.root_id, e.depth, e.sink_id, e.run_until <= NOW(3) AS run_over, e.expires_at <= NOW(3) AS queue_over,
  e.cancel_requested_at IS NOT NULL AS cancel_requested,
  TIMESTAMPDIFF(MICROSECOND, NOW(3), e.available_at) DIV 1000 AS until_ms,
  TIMESTAMPDIFF(MICROSECOND, IF(e.attempt > 1, (SELECT a.started_at FROM attempts a WHERE a.tenant_id = e.tenant_id
    AND a.event_id = e.id AND a.number = e.attempt), e.started_at), NOW(3)) DIV 1000 AS ran_ms`;

interface RawEvent {
  tenant_id: Uint8Array;
  id: Uint8Array;
  event_type_id: Uint8Array;
  action_id: Uint8Array;
  sink_type_id: Uint8Array;
  pinned_sink_id: Uint8Array | null;
  schedule_id: Uint8Array | null;
  state: EventState;
  reason: EventReason | null;
  attempt: number;
  stalls: number;
  root_id: Uint8Array;
  depth: number;
  sink_id: Uint8Array | null;
  run_over: number | null;
  queue_over: number;
  cancel_requested: number;
  until_ms: number;
  ran_ms: number | null;
}

function fromRaw(raw: RawEvent): EventRow {
  return {
    tenantId: idOf('tenant', raw.tenant_id),
    id: idOf('event', raw.id),
    eventTypeId: idOf('eventType', raw.event_type_id),
    actionId: idOf('action', raw.action_id),
    sinkTypeId: idOf('sinkType', raw.sink_type_id),
    pinnedSinkId: idOrNull('sink', raw.pinned_sink_id),
    scheduleId: idOrNull('schedule', raw.schedule_id),
    state: raw.state,
    reason: raw.reason,
    attempt: raw.attempt,
    stalls: raw.stalls,
    rootId: idOf('event', raw.root_id),
    depth: raw.depth,
    sinkId: idOrNull('sink', raw.sink_id),
    runTimeOver: raw.run_over === 1,
    queueTimeOver: raw.queue_over === 1,
    cancelRequested: raw.cancel_requested === 1,
    waitMs: Math.max(0, Number(raw.until_ms)),
    waitedMs: Math.max(0, -Number(raw.until_ms)),
    ranMs: raw.ran_ms === null ? null : Math.max(0, Number(raw.ran_ms)),
  };
}

/** Events that wait to be claimed, with their payloads; rows that another transaction holds are left out. */
export async function lockQueued(
  tx: SqlRunner,
  tenantId: Id<'tenant'>,
  ids: Id<'event'>[],
): Promise<(EventRow & { payload: Uint8Array; contentType: string })[]> {
  const rows = await tx.query<RawEvent & { body: Uint8Array; content_type: string }>(
    `SELECT ${columns}, p.body, p.content_type
     FROM events e FORCE INDEX (PRIMARY) JOIN event_payloads p ON p.tenant_id = e.tenant_id AND p.event_id = e.id
     WHERE e.tenant_id = ? AND e.id IN (?) AND e.state = 'QUEUED' FOR UPDATE SKIP LOCKED`,
    [bytes(tenantId), ids.map(bytes)],
  );
  return rows.map((raw) => ({ ...fromRaw(raw), payload: raw.body, contentType: raw.content_type }));
}

/** Events in any state; waits for rows that another transaction holds. */
export async function lockEvents(tx: SqlRunner, tenantId: Id<'tenant'>, ids: Id<'event'>[]): Promise<EventRow[]> {
  const rows = await tx.query<RawEvent>(
    `SELECT ${columns} FROM events e FORCE INDEX (PRIMARY) WHERE e.tenant_id = ? AND e.id IN (?) FOR UPDATE`,
    [bytes(tenantId), ids.map(bytes)],
  );
  return rows.map(fromRaw);
}

/** Of what runs, only that whose run time is over as well. */
const spared = `AND (e.state <> 'RUNNING' OR e.run_until <= NOW(3))`;

/** Events whose deadline has passed by the database's clock, oldest deadline first. */
export async function lockDue(
  tx: SqlRunner,
  limit: number,
  { sparingLeases }: { sparingLeases: boolean },
): Promise<EventRow[]> {
  const rows = await tx.query<RawEvent>(
    `SELECT ${columns} FROM events e WHERE e.due_at <= NOW(3) ${sparingLeases ? spared : ''} ORDER BY e.due_at LIMIT ? FOR UPDATE SKIP LOCKED`,
    [limit],
  );
  return rows.map(fromRaw);
}
