import { hash } from 'node:crypto';
import type { Clock } from '@nexomatic/clock';
import { coalesce } from '@nexomatic/coalesce';
import type { Refusal } from '@nexomatic/contracts/edge-protocol';
import { idFromUuid } from '@nexomatic/contracts/id';
import { insertReceiptBodies, insertRefused, type NewReceipt } from '@nexomatic/db/ledger/receipts';
import type { Sql } from '@nexomatic/db/sql';
import type { Logger } from '@nexomatic/logger';
import type { LiveBus } from '@nexomatic/queue/live';
import type { Definitions, SourceDefinition } from '../definitions/definitions.ts';
import type { RequestCounters } from './count-requests.ts';
import { keptBodyBytes } from './kept-body.ts';
import { maskHeaders } from './mask-headers.ts';
import { secretHeaders } from './secret-headers.ts';

/**
 * Keeps requests that were refused, for their sources' owners. Best effort: it never throws, and of a source that is flooded
 * only some are written. Settles when they are written or given up.
 */
export type RecordRefusals = (refusals: readonly Refusal[]) => Promise<void>;

/** So many refused requests of a source are written in a minute; all are counted. */
const maxPerMinute = 60;
const minuteMs = 60_000;
/** Sources whose minute is remembered. */
const maxSources = 10_000;

interface Deps {
  sql: Sql;
  clock: Clock;
  definitions: Pick<Definitions, 'sourceByKeyHash'>;
  counters: RequestCounters;
  live: LiveBus;
  logger: Logger;
}

interface Kept {
  receipt: NewReceipt;
  body: Uint8Array | null;
}

export function createRecordRefusals(deps: Deps): RecordRefusals {
  const { sql, definitions, counters, live, logger } = deps;
  const mayWrite = limitPerMinute(deps.clock);
  const writes = coalesce<Kept, void>(
    async (batch) => {
      await sql.transaction(async (tx) => {
        insertRefused(
          tx,
          batch.map(({ receipt }) => receipt),
        );
        insertReceiptBodies(tx, batch.flatMap(bodyOf));
      });
      live.publish(batch.map(({ receipt: { tenantId, sourceId } }) => ({ tenantId, eventId: null, sourceId })));
      return batch.map(() => undefined);
    },
    { maxBatch: 50, maxWaiting: 500 },
  );

  async function record(refusal: Refusal): Promise<void> {
    const source = await definitions.sourceByKeyHash(Buffer.from(refusal.sourceKeyHash, 'hex'));
    // What was sent to no source, or to a disabled one, concerns nobody here.
    if (!source?.enabled) return;
    counters.count(source, 'refused');
    if (mayWrite(source.id)) await writes.add(receiptOf(source, refusal));
  }

  return async (refusals) => {
    const settled = await Promise.allSettled(refusals.map(record));
    const failed = settled.find((one) => one.status === 'rejected');
    if (failed) logger.warn({ err: failed.reason, refusals: refusals.length }, 'refusals.unwritten');
  };
}

function receiptOf(source: SourceDefinition, refusal: Refusal): Kept {
  const body = refusal.body === null ? null : Buffer.from(refusal.body, 'base64').subarray(0, keptBodyBytes);
  return {
    body,
    receipt: {
      tenantId: source.tenantId,
      id: idFromUuid('receipt', refusal.ingestId),
      sourceId: source.id,
      dedupeKey: null,
      bodySha256: hash('sha256', body ?? '', 'buffer'),
      bodyBytes: refusal.bodyBytes,
      contentType: refusal.contentType.slice(0, 200),
      remoteAddress: refusal.remoteAddress.slice(0, 64),
      headers: Buffer.from(JSON.stringify(maskHeaders(refusal.headers, secretHeaders(source.settings)))),
      eventId: null,
      receivedAt: new Date(refusal.receivedAt),
      outcome: 'refused',
      status: refusal.status,
      cause: refusal.cause,
      detail: refusal.detail,
      secretId: null,
      replayOf: null,
    },
  };
}

function bodyOf({ receipt: { tenantId, id }, body }: Kept) {
  return body ? [{ tenantId, receiptId: id, body }] : [];
}

/** Says yes so many times a minute for each key. */
function limitPerMinute(clock: Clock): (key: string) => boolean {
  const minutes = new Map<string, { began: number; n: number }>();
  return (key) => {
    const now = clock.monotonic();
    let minute = minutes.get(key);
    if (!minute || minute.began + minuteMs <= now) {
      // Taken out first, so that the oldest stands first.
      minutes.delete(key);
      minute = { began: now, n: 0 };
      minutes.set(key, minute);
      const [oldest] = minutes.keys();
      if (minutes.size > maxSources && oldest !== undefined) minutes.delete(oldest);
    }
    minute.n += 1;
    return minute.n <= maxPerMinute;
  };
}
