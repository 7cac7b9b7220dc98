import { createHash } from 'node:crypto';
import type { SourceKind } from '@nexomatic/contracts/definition-api';
import { newId } from '@nexomatic/contracts/id';
import type { Activity } from '@nexomatic/db/ledger/activity';
import type { NewEvent } from '@nexomatic/db/ledger/insert-events';
import type { NewReceipt } from '@nexomatic/db/ledger/receipts';
import type { EventTypeDefinition } from '../definitions/definitions.ts';
import { searchValuesOf } from '../payload/search-values.ts';
import { keptBodyBytes } from '../requests/kept-body.ts';
import type { AcceptEvent, AcceptRequest } from './accept-event.ts';
import type { PreparedReceipt } from './commit-receipts.ts';

/** An event type that a request may fire. */
export interface FiredType {
  kind: 'fires';
  eventType: EventTypeDefinition;
  /** The kind of source that it was let past by right, or null where there was nothing to get past. */
  bypassed: SourceKind | null;
}

/** A request that fires nothing. It holds no delivery id: sent again after a route was added, it is to be routed. */
export function prepareFiltered(input: AcceptRequest & { detail: string }): PreparedReceipt {
  const detail = input.detail.slice(0, 300);
  return {
    events: [],
    receipt: receiptOf(input, { outcome: 'filtered', cause: 'no_route', detail, dedupeKey: null, eventId: null }),
    activity: [],
    keptBody: input.body.subarray(0, keptBodyBytes),
  };
}

/** An accepted request with an event for each type that it fires. */
export function prepareAccepted(input: AcceptEvent, fired: FiredType[]): PreparedReceipt {
  const events = fired.map(({ eventType }) => eventOf(input, eventType));
  return {
    events,
    receipt: receiptOf(input, {
      outcome: 'accepted',
      cause: null,
      detail: null,
      dedupeKey: input.dedupeKey,
      ...(input.dedupeDays === undefined ? {} : { dedupeDays: input.dedupeDays }),
      eventId: events[0]?.id ?? null,
    }),
    activity: fired.flatMap(({ bypassed }, i) => activityOf(input, events[i], bypassed)),
    keptBody: null,
  };
}

function receiptOf(
  input: AcceptRequest,
  decided: Pick<NewReceipt, 'outcome' | 'cause' | 'detail' | 'dedupeKey' | 'dedupeDays' | 'eventId'>,
): NewReceipt {
  return {
    tenantId: input.tenantId,
    id: input.receiptId,
    sourceId: input.sourceId,
    bodySha256: createHash('sha256').update(input.body).digest(),
    bodyBytes: input.body.length,
    contentType: input.contentType.slice(0, 200),
    remoteAddress: input.remoteAddress.slice(0, 64),
    headers: Buffer.from(JSON.stringify(input.headers)),
    receivedAt: new Date(input.receivedAt),
    status: input.status ?? null,
    secretId: input.secretId ?? null,
    replayOf: input.replay?.of ?? null,
    ...decided,
  };
}

function eventOf(input: AcceptEvent, eventType: EventTypeDefinition): NewEvent {
  const id = newId('event');
  return {
    tenantId: input.tenantId,
    id,
    eventTypeId: eventType.id,
    actionId: eventType.actionId,
    sinkTypeId: eventType.sinkTypeId,
    pinnedSinkId: input.pinnedSinkId ?? null,
    // The receipt names the source by which a repeated request is known; a re-run is fired by no source.
    sourceId: input.rerun ? null : input.sourceId,
    receiptId: input.receiptId,
    parent: null,
    rootId: id,
    depth: 0,
    queueTtlSeconds: eventType.queueTtlSeconds,
    delaySeconds: input.delaySeconds ?? 0,
    rerunOf: input.rerun?.of ?? null,
    scheduleId: input.scheduleId ?? null,
    searchValues: searchValuesOf(eventType.searchKeys, input.body),
    payload: input.body,
    contentType: input.contentType.slice(0, 200),
  };
}

function activityOf(input: AcceptEvent, event: NewEvent | undefined, bypassed: SourceKind | null): Activity[] {
  if (!event) return [];
  return [...rerunActivity(input, event), ...replayActivity(input, event), ...bypassActivity(input, event, bypassed)];
}

/** What a re-run and the event that it repeats say of each other. */
function rerunActivity({ rerun, tenantId }: AcceptEvent, event: NewEvent): Activity[] {
  if (!rerun) return [];
  const note = rerun.note ? `, ${rerun.note}` : '';
  const base = { tenantId, actor: rerun.by, verb: 'rerun' as const };
  return [
    { ...base, eventId: event.id, detail: `of ${rerun.of}${note}` },
    { ...base, eventId: rerun.of, detail: `as ${event.id}${note}` },
  ];
}

/** What the event shows of a request that was sent once more. */
function replayActivity({ replay, tenantId }: AcceptEvent, event: NewEvent): Activity[] {
  if (!replay) return [];
  return [{ tenantId, eventId: event.id, verb: 'replayed', actor: replay.by, detail: `request ${replay.of}` }];
}

/** What the event shows of a right that was used. */
function bypassActivity(input: AcceptEvent, event: NewEvent, bypassed: SourceKind | null): Activity[] {
  if (bypassed === null || !input.bypassedBy) return [];
  const detail = `the event type is fired by ${bypassed} sources`;
  return [{ tenantId: event.tenantId, eventId: event.id, verb: 'bypassed', actor: input.bypassedBy, detail }];
}
