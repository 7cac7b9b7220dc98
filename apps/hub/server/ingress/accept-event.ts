import { createHash } from 'node:crypto';
import { CoalesceFullError, coalesce } from '@nexomatic/coalesce';
import type { SourceKind } from '@nexomatic/contracts/definition-api';
import { type Id, newId } from '@nexomatic/contracts/id';
import { type Activity, insertActivity } from '@nexomatic/db/ledger/activity';
import { insertEvents, type NewEvent } from '@nexomatic/db/ledger/insert-events';
import { insertReceipts, type NewReceipt, type StandingReceipt } from '@nexomatic/db/ledger/receipts';
import { isUnavailable } from '@nexomatic/db/ledger/unavailable';
import type { Sql } from '@nexomatic/db/sql';
import type { LiveBus } from '@nexomatic/queue/live';
import type { Definitions, EventTypeDefinition } from '../definitions/definitions.ts';
import type { Relay } from '../dispatch/relay-outbox.ts';
import type { PayloadFault } from '../event-types/payload-check.ts';
import { searchValuesOf } from '../payload/search-values.ts';

/** One request that is to become an event: the only way in, for webhooks, API calls, schedules and people alike. */
export interface AcceptEvent {
  tenantId: Id<'tenant'>;
  eventTypeId: Id<'eventType'>;
  sourceId: Id<'source'> | null;
  /** What fires it; null for a repetition, which is held to no kind of source. */
  sourceKind: SourceKind | null;
  /** Who may fire it though the event type takes another kind of source alone; recorded on the event. Null for nobody. */
  bypassedBy: string | null;
  /** Made by the first receiver; the same id again is the same request. */
  receiptId: Id<'receipt'>;
  /** 32 bytes, unique within the source; null when the sender gave nothing to tell deliveries apart by. */
  dedupeKey: Uint8Array | null;
  /** The payload, kept byte for byte. */
  body: Uint8Array;
  contentType: string;
  remoteAddress: string;
  headers: [name: string, value: string][];
  /** Milliseconds since the epoch, by the clock of the first receiver. */
  receivedAt: number;
  /** Refuse, rather than take as a duplicate, a known key with another body (what an Idempotency-Key asks for). */
  rejectOtherBody: boolean;
  /** The one sink that may run it, of the event type's sink type. */
  pinnedSinkId?: Id<'sink'> | null;
  /** Not to be started earlier than this many seconds from now. */
  delaySeconds?: number;
  scheduleId?: Id<'schedule'>;
  /** HTTP status that its sender is answered when it is new. */
  status?: number;
  /** Which secret of the source its sender showed. */
  secretId?: Id<'sourceSecret'> | null;
  /** The kept request that it sends once more. */
  replayOf?: Id<'receipt'>;
  /** The event that it repeats, and who wanted that: told in the activity of both. */
  rerun?: { of: Id<'event'>; by: string; note?: string };
}

export type AcceptOutcome =
  | { kind: 'accepted'; eventId: Id<'event'>; receiptId: Id<'receipt'> }
  | { kind: 'duplicate'; eventId: Id<'event'> | null; receiptId: Id<'receipt'> }
  | { kind: 'idempotency_conflict'; eventId: Id<'event'> | null }
  | { kind: 'event_type_not_found' }
  | { kind: 'event_type_disabled' }
  | { kind: 'source_kind_refused'; allowed: SourceKind }
  | { kind: 'payload_invalid'; errors: PayloadFault[] }
  | { kind: 'unavailable'; retryAfterSeconds: number };

export type AcceptEvents = (input: AcceptEvent) => Promise<AcceptOutcome>;

interface Prepared {
  input: AcceptEvent;
  receipt: NewReceipt;
  event: NewEvent;
  /** The kind of source that it was let past by right, or null where there was nothing to get past. */
  bypassed: SourceKind | null;
}

/** Requests that may wait for the database at once; more are told to come back. */
const maxWaiting = 5_000;

/**
 * Accepts events: receipt, event, payload and outbox row in one transaction, shared by all requests that arrive while
 * the one before is being written. The answer is given after commit; Redis is told afterwards and is never waited for.
 */
export function createAcceptEvent(deps: {
  sql: Sql;
  definitions: Definitions;
  relay: Relay;
  live: LiveBus;
}): AcceptEvents {
  const { sql, definitions, relay, live } = deps;

  const commits = coalesce<Prepared, AcceptOutcome>(
    async (batch) => {
      const standing = await sql.transaction(async (tx) => {
        const found = await insertReceipts(
          tx,
          batch.map(({ receipt }) => receipt),
        );
        const fresh = batch.filter((_, i) => found[i] === null);
        insertEvents(
          tx,
          fresh.map(({ event }) => event),
        );
        insertActivity(tx, [...fresh.flatMap(rerunActivity), ...fresh.flatMap(bypassActivity)]);
        return found;
      });
      const fresh = batch.filter((_, i) => standing[i] === null);
      relay.nudge(
        fresh.map(({ event }) => ({ ...event, eventId: event.id, attempt: 1, delaySeconds: event.delaySeconds ?? 0 })),
      );
      live.publish(
        fresh.map(({ event, receipt: { tenantId, sourceId } }) => ({ tenantId, eventId: event.id, sourceId })),
      );
      return batch.map((prepared, i) => toOutcome(prepared, standing[i] ?? null));
    },
    { maxBatch: 500, maxWaiting, isolate: (error) => !isUnavailable(error) },
  );

  return async (input) => {
    try {
      const eventType = await definitions.eventType(input.tenantId, input.eventTypeId);
      if (!eventType) return { kind: 'event_type_not_found' };
      if (!eventType.enabled) return { kind: 'event_type_disabled' };
      const { sourceKind } = input;
      const allowed = sourceKind === null || sourceKind === eventType.sourceKind ? null : eventType.sourceKind;
      if (allowed !== null && input.bypassedBy === null) return { kind: 'source_kind_refused', allowed };
      const errors = eventType.payloadCheck?.(input.body) ?? [];
      if (errors.length > 0) return { kind: 'payload_invalid', errors };
      return await commits.add(prepare(input, eventType, allowed));
    } catch (error) {
      if (error instanceof CoalesceFullError || isUnavailable(error)) {
        return { kind: 'unavailable', retryAfterSeconds: 5 };
      }
      throw error;
    }
  };
}

function prepare(input: AcceptEvent, eventType: EventTypeDefinition, bypassed: SourceKind | null): Prepared {
  const { tenantId, sourceId, receiptId, body, contentType } = input;
  const id = newId('event');
  return {
    input,
    bypassed,
    receipt: {
      tenantId,
      id: receiptId,
      sourceId,
      dedupeKey: input.dedupeKey,
      bodySha256: createHash('sha256').update(body).digest(),
      bodyBytes: body.length,
      contentType: contentType.slice(0, 200),
      remoteAddress: input.remoteAddress.slice(0, 64),
      headers: Buffer.from(JSON.stringify(input.headers)),
      eventId: id,
      receivedAt: new Date(input.receivedAt),
      outcome: 'accepted',
      status: input.status ?? null,
      cause: null,
      detail: null,
      secretId: input.secretId ?? null,
      replayOf: input.replayOf ?? null,
    },
    event: {
      tenantId,
      id,
      eventTypeId: eventType.id,
      actionId: eventType.actionId,
      sinkTypeId: eventType.sinkTypeId,
      pinnedSinkId: input.pinnedSinkId ?? null,
      // The receipt names the source by which a repeated request is known; a re-run is fired by no source.
      sourceId: input.rerun ? null : sourceId,
      receiptId,
      parent: null,
      rootId: id,
      depth: 0,
      queueTtlSeconds: eventType.queueTtlSeconds,
      delaySeconds: input.delaySeconds ?? 0,
      rerunOf: input.rerun?.of ?? null,
      scheduleId: input.scheduleId ?? null,
      searchValues: searchValuesOf(eventType.searchKeys, body),
      payload: body,
      contentType: contentType.slice(0, 200),
    },
  };
}

/** What a re-run and the event that it repeats say of each other. */
function rerunActivity({ input: { rerun, tenantId }, event }: Prepared): Activity[] {
  if (!rerun) return [];
  const note = rerun.note ? `, ${rerun.note}` : '';
  const base = { tenantId, actor: rerun.by, verb: 'rerun' as const };
  return [
    { ...base, eventId: event.id, detail: `of ${rerun.of}${note}` },
    { ...base, eventId: rerun.of, detail: `as ${event.id}${note}` },
  ];
}

/** What the event shows of a right that was used. */
function bypassActivity({ input, event, bypassed }: Prepared): Activity[] {
  if (bypassed === null || !input.bypassedBy) return [];
  const detail = `the event type is fired by ${bypassed} sources`;
  return [{ tenantId: event.tenantId, eventId: event.id, verb: 'bypassed', actor: input.bypassedBy, detail }];
}

function toOutcome({ input, receipt, event }: Prepared, standing: StandingReceipt | null): AcceptOutcome {
  if (!standing) return { kind: 'accepted', eventId: event.id, receiptId: receipt.id };
  if (input.rejectOtherBody && Buffer.compare(standing.bodySha256, receipt.bodySha256) !== 0) {
    return { kind: 'idempotency_conflict', eventId: standing.eventId };
  }
  return { kind: 'duplicate', eventId: standing.eventId, receiptId: standing.id };
}
