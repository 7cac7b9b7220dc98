import { hash } from 'node:crypto';
import type { Clock } from '@nexomatic/clock';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import { type Id, newId } from '@nexomatic/contracts/id';
import type { Database } from '@nexomatic/db/database';
import type { Receipt } from '@nexomatic/db/entities/receipt';
import { Source } from '@nexomatic/db/entities/source';
import { findFurtherEvents, readRequestBody } from '@nexomatic/db/ledger/requests';
import type { EntityManager } from '@nexomatic/db/query';
import type { Definitions, SourceDefinition } from '../definitions/definitions.ts';
import { type AcceptRoutedDeps, acceptRouted } from '../ingress/accept-routed.ts';
import { incomingRequest } from '../ingress/incoming-request.ts';
import { refusalOf } from '../ingress/refusal-of.ts';
import { eventOf, findReceipt } from './get-request.ts';
import { storedHeaders } from './mask-headers.ts';

export interface ReplayRequest {
  tenantId: Id<'tenant'>;
  id: Id<'receipt'>;
  /** Who wants it, as the activity of events names people. */
  by: string;
  /** Tells one wish from its repetition; null when there is nothing to tell them apart by. */
  idempotencyKey: string | null;
}

export interface ReplayedRequest {
  receiptId: Id<'receipt'>;
  outcome: 'accepted' | 'filtered';
  eventIds: Id<'event'>[];
}

interface Deps extends AcceptRoutedDeps {
  db: Database;
  clock: Clock;
  definitions: Pick<Definitions, 'freshSourceByKeyHash'>;
}

/** Sends a kept request through the present routes of its source, as a new one. Its signature is not asked for again. */
export async function replayRequest(deps: Deps, input: ReplayRequest): Promise<ReplayedRequest> {
  const { db, clock } = deps;
  const { tenantId, id } = input;
  const em = db.tenantEm(tenantId);
  const row = await findReceipt(em, id);
  const source = await sourceOf(deps, em, row);
  const body = await wholeBody(db, tenantId, row);
  const headers = storedHeaders(row.headers);
  const outcome = await acceptRouted(deps, source, incomingRequest(headers, row.contentType, body), {
    receiptId: newId('receipt'),
    body,
    contentType: row.contentType,
    remoteAddress: row.remoteAddress,
    headers,
    receivedAt: clock.now(),
    dedupeKey: wishOf(input),
    replay: { of: id, by: input.by },
  });
  switch (outcome.kind) {
    case 'accepted':
      return { receiptId: outcome.receiptId, outcome: 'accepted', eventIds: outcome.eventIds };
    case 'filtered':
      return { receiptId: outcome.receiptId, outcome: 'filtered', eventIds: [] };
    case 'duplicate':
      return earlier(db, tenantId, outcome);
    default: {
      const { code, detail, errors } = refusalOf(outcome);
      throw new NexomaticError(code, detail, errors ? { errors } : {});
    }
  }
}

async function sourceOf(deps: Deps, em: EntityManager, { sourceId }: Receipt): Promise<SourceDefinition> {
  const row = sourceId ? await em.findOne(Source, { id: sourceId }, { fields: ['kind', 'keyHash'] }) : null;
  if (!row)
    throw new NexomaticError('conflict', 'Its source has been deleted; there are no routes to send it through.');
  const source = row.keyHash && (await deps.definitions.freshSourceByKeyHash(row.keyHash));
  if (source && row.kind === 'WEBHOOK') return source;
  throw new NexomaticError('unprocessable', `A source of kind ${row.kind} has no routes; run the event again instead.`);
}

async function wholeBody(db: Database, tenantId: Id<'tenant'>, row: Receipt): Promise<Buffer> {
  const kept = await readRequestBody(db.sql, tenantId, eventOf(row), row.bodyBytes);
  if (kept && kept.bytes === row.bodyBytes) return kept.body;
  throw new NexomaticError('conflict', 'Its body is not kept whole any more, so it can not be sent again.');
}

/** No delivery id of the sender: this one must not be taken for the delivery that it repeats. */
function wishOf({ id, idempotencyKey }: ReplayRequest): Uint8Array | null {
  return idempotencyKey === null ? null : hash('sha256', JSON.stringify(['replay', id, idempotencyKey]), 'buffer');
}

async function earlier(
  db: Database,
  tenantId: Id<'tenant'>,
  { receiptId, eventId }: { receiptId: Id<'receipt'>; eventId: Id<'event'> | null },
): Promise<ReplayedRequest> {
  if (eventId === null) return { receiptId, outcome: 'filtered', eventIds: [] };
  const further = (await findFurtherEvents(db.sql, tenantId, [receiptId])).get(receiptId) ?? [];
  return { receiptId, outcome: 'accepted', eventIds: [eventId, ...further] };
}
