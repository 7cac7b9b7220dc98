import { hash } from 'node:crypto';
import type { Clock } from '@nexomatic/clock';
import { newId } from '@nexomatic/contracts/id';
import { insertReceiptBodies, insertRefused } from '@nexomatic/db/ledger/receipts';
import type { Sql } from '@nexomatic/db/sql';
import type { LiveBus } from '@nexomatic/queue/live';
import { keptBodyBytes } from '../../requests/kept-body.ts';
import type { LockedEvent } from './open-subscription.ts';
import { factHeaders, type TakenFor, type Verdict } from './take-event.ts';

export type RecordRejected = (
  takenFor: TakenFor,
  event: LockedEvent,
  verdict: Extract<Verdict, { kind: 'rejected' }>,
) => Promise<void>;

/**
 * Keeps what is rejected as a refused request of the source, each of them and before Azure is told: without a dead-letter
 * destination there, it is the last trace of the event.
 */
export function createRecordRejected(deps: { sql: Sql; clock: Clock; live: LiveBus }): RecordRejected {
  const { sql, clock, live } = deps;
  return async ({ tenantId, sourceId, host }, event, { cause, detail }) => {
    const body = Buffer.from(event.json);
    const receipt = {
      ...{ tenantId, sourceId, cause, id: newId('receipt'), outcome: 'refused' as const, status: null },
      ...{ dedupeKey: null, eventId: null, secretId: null, replayOf: null },
      bodySha256: hash('sha256', body, 'buffer'),
      bodyBytes: body.length,
      contentType: 'application/cloudevents+json',
      remoteAddress: host.slice(0, 64),
      headers: Buffer.from(JSON.stringify(factHeaders(event))),
      receivedAt: new Date(clock.now()),
      detail: detail.slice(0, 300),
    };
    await sql.transaction(async (tx) => {
      insertRefused(tx, [receipt]);
      insertReceiptBodies(tx, [{ tenantId, receiptId: receipt.id, body: body.subarray(0, keptBodyBytes) }]);
    });
    live.publish([{ tenantId, eventId: null, sourceId }]);
  };
}
