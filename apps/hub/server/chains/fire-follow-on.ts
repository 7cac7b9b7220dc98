import { type Edge, maxChainDepth } from '@nexomatic/contracts/event-state';
import { newId } from '@nexomatic/contracts/id';
import { insertEvents, insertFailedEvent, type NewEvent, type OutboxRow } from '@nexomatic/db/ledger/insert-events';
import type { SqlTransaction } from '@nexomatic/db/sql';
import type { Ending } from '../attempts/finish-events.ts';
import type { Definitions, EventTypeDefinition } from '../definitions/definitions.ts';
import { searchValuesOf } from '../payload/search-values.ts';

export interface FinishedEvent {
  ending: Ending;
  /** Null when the definition has been deleted since: nothing follows then. */
  eventType: EventTypeDefinition | null;
}

/**
 * Fires what follows on finished events, in the transaction that finishes them; the table allows one event per parent
 * and edge. WARNING takes the success edge, because the event completed. A chain fires whatever kind of source its event
 * types take; a payload that does not pass the schema ends the chain there, for everybody to see. Gives the tickets of the
 * new events.
 */
export async function fireFollowOns(
  tx: SqlTransaction,
  definitions: Definitions,
  finished: FinishedEvent[],
): Promise<OutboxRow[]> {
  const events: NewEvent[] = [];
  for (const { ending, eventType } of finished) {
    // Somebody ended it on purpose: what follows on a failure is not meant.
    if (ending.reason === 'cancelled') continue;
    const edge: Edge = ending.state === 'ERROR' ? 'failure' : 'success';
    const targetId = edge === 'success' ? eventType?.onSuccessId : eventType?.onFailureId;
    const target = targetId ? await definitions.eventType(ending.event.tenantId, targetId) : null;
    if (!eventType || !target) continue;
    const event = followOn(ending, eventType, target, edge);
    if (event.depth > maxChainDepth) {
      const message = `the chain is longer than ${maxChainDepth} events; look for a loop at "${target.name}"`;
      if (event.depth === maxChainDepth + 1) insertFailedEvent(tx, event, 'chain_too_deep', message);
      continue;
    }
    const [fault] = target.payloadCheck?.(event.payload) ?? [];
    if (!fault) events.push(event);
    else {
      const where = fault.path === '' ? '' : `at ${fault.path} `;
      insertFailedEvent(tx, event, 'payload_invalid', `the payload ${where}${fault.message}`.slice(0, 500));
    }
  }
  insertEvents(tx, events);
  return events.map((event) => ({ ...event, eventId: event.id, attempt: 1, delaySeconds: 0 }));
}

function followOn(ending: Ending, eventType: EventTypeDefinition, target: EventTypeDefinition, edge: Edge): NewEvent {
  const { event } = ending;
  const payload = ending.result ?? (edge === 'success' ? Buffer.from('null') : failurePayload(ending, eventType));
  return {
    tenantId: event.tenantId,
    id: newId('event'),
    eventTypeId: target.id,
    actionId: target.actionId,
    sinkTypeId: target.sinkTypeId,
    pinnedSinkId: null,
    sourceId: null,
    receiptId: null,
    parent: { id: event.id, edge },
    rootId: event.rootId,
    depth: event.depth + 1,
    queueTtlSeconds: target.queueTtlSeconds,
    searchValues: searchValuesOf(target.searchKeys, payload),
    payload,
    contentType: 'application/json',
  };
}

/** What an On Failure event gets when the failed one left no data. */
function failurePayload(ending: Ending, eventType: EventTypeDefinition): Uint8Array {
  const { reason, message, exitCode, event } = ending;
  return Buffer.from(
    JSON.stringify({ error: { reason, message, exitCode }, event: { id: event.id, type: eventType.name } }),
  );
}
