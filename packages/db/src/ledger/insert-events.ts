import type { Edge, EventReason } from '@nexomatic/contracts/event-state';
import type { Id } from '@nexomatic/contracts/id';
import type { SqlTransaction, SqlValue } from '../sql.ts';
import type { EventFact } from './event-fact.ts';
import { bytes, repeat } from './rows.ts';
import { insertSearchValues, type SearchValue } from './search-values.ts';

export interface NewEvent {
  tenantId: Id<'tenant'>;
  id: Id<'event'>;
  eventTypeId: Id<'eventType'>;
  actionId: Id<'action'>;
  sinkTypeId: Id<'sinkType'>;
  pinnedSinkId: Id<'sink'> | null;
  sourceId: Id<'source'> | null;
  receiptId: Id<'receipt'> | null;
  /** The event whose end fired this one, and on which edge; null for one that came from outside. */
  parent: { id: Id<'event'>; edge: Edge } | null;
  rootId: Id<'event'>;
  depth: number;
  queueTtlSeconds: number;
  /** Not to be started earlier than this many seconds from now. */
  delaySeconds?: number;
  /** The event that this one repeats. */
  rerunOf?: Id<'event'> | null;
  /** The schedule that it was fired for. */
  scheduleId?: Id<'schedule'> | null;
  searchValues?: SearchValue[];
  payload: Uint8Array;
  contentType: string;
}

const parentColumns = (event: NewEvent): SqlValue[] => [
  bytes(event.parent?.id ?? null),
  event.parent?.edge ?? null,
  bytes(event.rootId),
  event.depth,
];

/**
 * New events, QUEUED, with their payloads and an outbox row each: three statements for any number of events, and one each
 * where some are re-runs or can be found by a value of their payload.
 */
export function insertEvents(tx: SqlTransaction, events: NewEvent[]): void {
  if (events.length === 0) return;
  tx.defer(
    `INSERT INTO events (tenant_id, id, event_type_id, action_id, sink_type_id, pinned_sink_id, source_id, receipt_id,
       parent_id, edge, root_id, depth, rerun_of, schedule_id, state, reason, created_at, available_at, expires_at, due_at)
     VALUES ${repeat(
       `(?,?,?,?,?,?,?,?,?,?,?,?,?,?,'QUEUED',?,NOW(3),NOW(3) + INTERVAL ? SECOND,NOW(3) + INTERVAL ? SECOND,
         NOW(3) + INTERVAL ? SECOND)`,
       events.length,
     )}`,
    events.flatMap((event): SqlValue[] => [
      bytes(event.tenantId),
      bytes(event.id),
      bytes(event.eventTypeId),
      bytes(event.actionId),
      bytes(event.sinkTypeId),
      bytes(event.pinnedSinkId),
      bytes(event.sourceId),
      bytes(event.receiptId),
      ...parentColumns(event),
      bytes(event.rerunOf ?? null),
      bytes(event.scheduleId ?? null),
      ...delayColumns(event),
    ]),
  );
  tx.tell(events.map(fired));
  insertPayloads(tx, events);
  insertReruns(tx, events);
  insertSearchValues(tx, events);
  insertOutbox(
    tx,
    events.map((event) => ({ ...event, eventId: event.id, attempt: 1, delaySeconds: event.delaySeconds ?? 0 })),
  );
}

/** Reason, and seconds until it may start, until it expires and until it is looked after for the first time. */
function delayColumns({ delaySeconds = 0, queueTtlSeconds }: NewEvent): SqlValue[] {
  const reason: EventReason | null = delaySeconds > 0 ? 'delayed' : null;
  return [reason, delaySeconds, delaySeconds + queueTtlSeconds, delaySeconds + 30];
}

function insertReruns(tx: SqlTransaction, events: NewEvent[]): void {
  const reruns = events.filter((event) => event.rerunOf);
  if (reruns.length === 0) return;
  tx.defer(
    `INSERT INTO event_reruns (tenant_id, rerun_of, event_id) VALUES ${repeat('(?,?,?)', reruns.length)}`,
    reruns.flatMap((event): SqlValue[] => [bytes(event.tenantId), bytes(event.rerunOf ?? null), bytes(event.id)]),
  );
}

/** An event that is finished the moment it is made: the follow-on of a chain that is too deep. */
export function insertFailedEvent(tx: SqlTransaction, event: NewEvent, reason: string, message: string): void {
  tx.defer(
    `INSERT INTO events (tenant_id, id, event_type_id, action_id, sink_type_id, parent_id, edge, root_id, depth, state,
       reason, message, created_at, available_at, expires_at, finished_at)
     VALUES (?,?,?,?,?,?,?,?,?,'ERROR',?,?,NOW(3),NOW(3),NOW(3),NOW(3))`,
    [
      bytes(event.tenantId),
      bytes(event.id),
      bytes(event.eventTypeId),
      bytes(event.actionId),
      bytes(event.sinkTypeId),
      ...parentColumns(event),
      reason,
      message,
    ],
  );
  tx.tell([fired(event), { ...fired(event), measure: 'ERROR' }]);
  insertPayloads(tx, [event]);
  insertSearchValues(tx, [event]);
}

const fired = ({ tenantId, eventTypeId }: NewEvent): EventFact => ({ tenantId, eventTypeId, measure: 'fired', ms: 0 });

/** Bytes of bodies in one statement: as hex digits they are twice as many, and a query must fit the server's packet. */
const maxStatementBytes = 3 * 1024 * 1024;

function insertPayloads(tx: SqlTransaction, events: NewEvent[]): void {
  for (const group of groupsByBytes(events)) {
    tx.defer(
      `INSERT INTO event_payloads (tenant_id, event_id, body, content_type) VALUES ${repeat('(?,?,?,?)', group.length)}`,
      group.flatMap((event): SqlValue[] => [
        bytes(event.tenantId),
        bytes(event.id),
        event.payload.length > maxStatementBytes ? event.payload.subarray(0, maxStatementBytes) : event.payload,
        event.contentType,
      ]),
    );
  }
  for (const event of events) appendRest(tx, event);
}

/** The same events, in as few groups as their bodies allow. */
function groupsByBytes(events: NewEvent[]): NewEvent[][] {
  const groups: NewEvent[][] = [];
  let group: NewEvent[] = [];
  let size = 0;
  for (const event of events) {
    if (group.length > 0 && size + event.payload.length > maxStatementBytes) {
      groups.push(group);
      group = [];
      size = 0;
    }
    group.push(event);
    size += event.payload.length;
  }
  if (group.length > 0) groups.push(group);
  return groups;
}

/** What did not fit into the first statement. */
function appendRest(tx: SqlTransaction, { tenantId, id, payload }: NewEvent): void {
  for (let at = maxStatementBytes; at < payload.length; at += maxStatementBytes) {
    tx.defer('UPDATE event_payloads SET body = CONCAT(body, ?) WHERE tenant_id = ? AND event_id = ?', [
      payload.subarray(at, at + maxStatementBytes),
      bytes(tenantId),
      bytes(id),
    ]);
  }
}

export interface OutboxRow {
  tenantId: Id<'tenant'>;
  eventId: Id<'event'>;
  /** Number of the attempt that the ticket is for. */
  attempt: number;
  sinkTypeId: Id<'sinkType'>;
  pinnedSinkId: Id<'sink'> | null;
  delaySeconds: number;
}

/** Tickets that are to be added to Redis once this transaction is committed. */
export function insertOutbox(tx: SqlTransaction, rows: OutboxRow[]): void {
  if (rows.length === 0) return;
  tx.defer(
    `INSERT INTO outbox (tenant_id, event_id, attempt, sink_type_id, pinned_sink_id, available_at, created_at)
     VALUES ${repeat('(?,?,?,?,?,NOW(3) + INTERVAL ? SECOND,NOW(3))', rows.length)}`,
    rows.flatMap((row): SqlValue[] => [
      bytes(row.tenantId),
      bytes(row.eventId),
      row.attempt,
      bytes(row.sinkTypeId),
      bytes(row.pinnedSinkId),
      row.delaySeconds,
    ]),
  );
}
