import { hash } from 'node:crypto';
import type { Clock } from '@nexomatic/clock';
import { newId } from '@nexomatic/contracts/id';
import { insertRejectedEvent } from '@nexomatic/db/ledger/event-grid';
import type { Sql } from '@nexomatic/db/sql';
import type { LockedEvent } from './open-subscription.ts';
import type { TakenFor, Verdict } from './take-event.ts';

export type RecordRejected = (
  takenFor: TakenFor,
  event: LockedEvent,
  verdict: Extract<Verdict, { kind: 'rejected' }>,
) => Promise<void>;

/** Keeps what was rejected as a refused request of the source, before Azure is told: it can be looked at and sent again. */
export function createRecordRejected({ sql, clock }: { sql: Sql; clock: Clock }): RecordRejected {
  return ({ tenantId, sourceId, host }, { json, deliveryCount }, { cause, detail }) => {
    const body = Buffer.from(json);
    return insertRejectedEvent(sql, {
      ...{ tenantId, sourceId, cause, body, id: newId('receipt'), remoteAddress: host.slice(0, 64) },
      detail: detail.slice(0, 300),
      bodySha256: hash('sha256', body, 'buffer'),
      contentType: 'application/cloudevents+json',
      headers: Buffer.from(JSON.stringify([['aeg-delivery-count', String(deliveryCount)]])),
      receivedAt: new Date(clock.now()),
    });
  };
}
