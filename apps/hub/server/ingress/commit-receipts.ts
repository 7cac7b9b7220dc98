import { type Coalescer, coalesce } from '@nexomatic/coalesce';
import { type Activity, insertActivity } from '@nexomatic/db/ledger/activity';
import { insertEvents, type NewEvent } from '@nexomatic/db/ledger/insert-events';
import {
  insertFurtherEvents,
  insertReceiptBodies,
  insertReceipts,
  type NewReceipt,
  type StandingReceipt,
} from '@nexomatic/db/ledger/receipts';
import { isUnavailable } from '@nexomatic/db/ledger/unavailable';
import type { Sql, SqlTransaction } from '@nexomatic/db/sql';
import type { LiveBus, LiveChange } from '@nexomatic/queue/live';
import type { Relay } from '../dispatch/relay-outbox.ts';

/** A receipt with all that it fires if it turns out to be new. */
export interface PreparedReceipt {
  receipt: NewReceipt;
  /** The first is the one that the receipt names; empty where it fires none. */
  events: NewEvent[];
  activity: Activity[];
  /** What is kept of a body that is no event's payload. */
  keptBody: Uint8Array | null;
}

/** Gives the receipt that stood there before, or null for one that is new. */
export type CommitReceipts = Coalescer<PreparedReceipt, StandingReceipt | null>;

/** Requests that may wait for the database at once, and bytes of theirs; more are told to come back. */
const maxWaiting = 5_000;
const maxWaitingBytes = 128 * 1024 * 1024;
/** Bytes of one transaction, so that a slow disk does not hold up hundreds of small requests for a few large ones. */
const maxBatchBytes = 8 * 1024 * 1024;

const bytesOf = ({ receipt, events }: PreparedReceipt): number =>
  receipt.headers.length + receipt.bodyBytes * Math.max(1, events.length);

/**
 * Commits receipts, their events, payloads and outbox rows in one transaction, shared by all requests that arrive while the one
 * before is being written. Redis is told after the commit and is never waited for.
 */
export function createCommitReceipts(deps: { sql: Sql; relay: Relay; live: LiveBus }): CommitReceipts {
  const { sql } = deps;
  return coalesce<PreparedReceipt, StandingReceipt | null>(
    async (batch) => {
      const standing = await sql.transaction((tx) => writeReceipts(tx, batch));
      tellCommitted(
        deps,
        batch.filter((_, i) => standing[i] === null),
      );
      return standing;
    },
    {
      maxBatch: 500,
      maxWaiting,
      weight: { of: bytesOf, maxBatch: maxBatchBytes, maxWaiting: maxWaitingBytes },
      isolate: (error) => !isUnavailable(error),
    },
  );
}

/** Writes receipts, and what the new ones of them fire; gives for each the receipt that stood there before, or null. */
export async function writeReceipts(tx: SqlTransaction, batch: PreparedReceipt[]): Promise<(StandingReceipt | null)[]> {
  if (batch.length === 0) return [];
  const standing = await insertReceipts(
    tx,
    batch.map(({ receipt }) => receipt),
  );
  const fresh = batch.filter((_, i) => standing[i] === null);
  insertEvents(
    tx,
    fresh.flatMap(({ events }) => events),
  );
  insertFurtherEvents(tx, fresh.flatMap(furtherEvents));
  insertReceiptBodies(tx, fresh.flatMap(keptBodies));
  insertActivity(
    tx,
    fresh.flatMap(({ activity }) => activity),
  );
  return standing;
}

/** Tells queues and open pages of new receipts, once they are committed. */
export function tellCommitted({ relay, live }: { relay: Relay; live: LiveBus }, fresh: PreparedReceipt[]): void {
  relay.nudge(fresh.flatMap(({ events }) => events.map(toOutboxRow)));
  live.publish(fresh.flatMap(toChanges));
}

const toOutboxRow = (event: NewEvent) => ({
  ...event,
  eventId: event.id,
  attempt: 1,
  delaySeconds: event.delaySeconds ?? 0,
});

function furtherEvents({ receipt: { tenantId, id }, events }: PreparedReceipt) {
  return events.slice(1).map((event) => ({ tenantId, receiptId: id, eventId: event.id }));
}

function keptBodies({ receipt: { tenantId, id }, keptBody }: PreparedReceipt) {
  return keptBody ? [{ tenantId, receiptId: id, body: keptBody }] : [];
}

function toChanges({ receipt: { tenantId, sourceId }, events }: PreparedReceipt): LiveChange[] {
  if (events.length === 0) return [{ tenantId, eventId: null, sourceId }];
  return events.map((event) => ({ tenantId, eventId: event.id, sourceId }));
}
