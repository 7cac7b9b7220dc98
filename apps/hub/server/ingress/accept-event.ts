import { CoalesceFullError } from '@nexomatic/coalesce';
import type { SourceKind } from '@nexomatic/contracts/definition-api';
import type { Id } from '@nexomatic/contracts/id';
import type { StandingReceipt } from '@nexomatic/db/ledger/receipts';
import { isUnavailable } from '@nexomatic/db/ledger/unavailable';
import type { Definitions, EventTypeDefinition } from '../definitions/definitions.ts';
import type { PayloadFault } from '../event-types/payload-check.ts';
import type { KeptHeader } from '../requests/mask-headers.ts';
import type { CommitReceipts, PreparedReceipt } from './commit-receipts.ts';
import { type FiredType, prepareAccepted, prepareFiltered } from './prepare-receipt.ts';

/** One request as it is kept, whatever it fires. */
export interface AcceptRequest {
  tenantId: Id<'tenant'>;
  sourceId: Id<'source'> | null;
  /** Made by the first receiver; the same id again is the same request. */
  receiptId: Id<'receipt'>;
  /** The payload, kept byte for byte. */
  body: Uint8Array;
  contentType: string;
  remoteAddress: string;
  headers: readonly KeptHeader[];
  /** Milliseconds since the epoch, by the clock of the first receiver. */
  receivedAt: number;
  /** HTTP status that its sender is answered when it is new; left out where nobody waits for one. */
  status?: number;
  /** Which secret of the source its sender showed. */
  secretId?: Id<'sourceSecret'> | null;
  /** The kept request that it sends once more, and who wanted that. */
  replay?: { of: Id<'receipt'>; by: string };
}

/** One request that is to become an event: the only way in, for webhooks, API calls, schedules and people alike. */
export interface AcceptEvent extends AcceptRequest {
  eventTypeId: Id<'eventType'>;
  /** Further event types that the same request fires. All are fired, or none. */
  alsoEventTypeIds?: readonly Id<'eventType'>[];
  /** What fires it; null for a repetition, which is held to no kind of source. */
  sourceKind: SourceKind | null;
  /** Who may fire it though the event type takes another kind of source alone; recorded on the event. Null for nobody. */
  bypassedBy: string | null;
  /** 32 bytes, unique within the source; null when the sender gave nothing to tell deliveries apart by. */
  dedupeKey: Uint8Array | null;
  /** For how long the key counts; left out: for as long as the receipt is kept. */
  dedupeDays?: number;
  /** Refuse, rather than take as a duplicate, a known key with another body (what an Idempotency-Key asks for). */
  rejectOtherBody: boolean;
  /** The one sink that may run it, of the event type's sink type. */
  pinnedSinkId?: Id<'sink'> | null;
  /** Not to be started earlier than this many seconds from now. */
  delaySeconds?: number;
  scheduleId?: Id<'schedule'>;
  /** The event that it repeats, and who wanted that: told in the activity of both. */
  rerun?: { of: Id<'event'>; by: string; note?: string };
}

export type AcceptOutcome =
  /** `eventIds`: all that it fired, `eventId` first. */
  | { kind: 'accepted'; eventId: Id<'event'>; eventIds: Id<'event'>[]; receiptId: Id<'receipt'> }
  | { kind: 'duplicate'; eventId: Id<'event'> | null; receiptId: Id<'receipt'> }
  | { kind: 'idempotency_conflict'; eventId: Id<'event'> | null }
  | { kind: 'event_type_not_found' }
  | { kind: 'event_type_disabled' }
  | { kind: 'source_kind_refused'; allowed: SourceKind }
  | { kind: 'payload_invalid'; errors: PayloadFault[] }
  | Unavailable;

interface Unavailable {
  kind: 'unavailable';
  retryAfterSeconds: number;
}

export type AcceptEvents = (input: AcceptEvent) => Promise<AcceptOutcome>;

/** Keeps a request that fires nothing. */
export type KeepFiltered = (
  input: AcceptRequest & { detail: string },
) => Promise<
  { kind: 'filtered'; receiptId: Id<'receipt'> } | Extract<AcceptOutcome, { kind: 'duplicate' | 'unavailable' }>
>;

/** Accepts events. The answer is given after commit. */
export function createAcceptEvent(deps: { definitions: Definitions; commits: CommitReceipts }): AcceptEvents {
  const { definitions, commits } = deps;
  return (input) =>
    orUnavailable(async () => {
      const fired: FiredType[] = [];
      for (const id of [input.eventTypeId, ...(input.alsoEventTypeIds ?? [])]) {
        const checked = checkTarget(input, await definitions.eventType(input.tenantId, id));
        if (checked.kind !== 'fires') return checked;
        fired.push(checked);
      }
      const prepared = prepareAccepted(input, fired);
      return toOutcome(input, prepared, await commits.add(prepared));
    });
}

/** The same for requests that no route matches: their body is kept for a while, and no delivery id is. */
export function createKeepFiltered({ commits }: { commits: CommitReceipts }): KeepFiltered {
  return (input) =>
    orUnavailable(async () => {
      const prepared = prepareFiltered(input);
      const standing = await commits.add(prepared);
      if (!standing) return { kind: 'filtered', receiptId: prepared.receipt.id };
      return { kind: 'duplicate', receiptId: standing.id, eventId: standing.eventId };
    });
}

async function orUnavailable<T>(work: () => Promise<T>): Promise<T | Unavailable> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof CoalesceFullError || isUnavailable(error))
      return { kind: 'unavailable', retryAfterSeconds: 5 };
    throw error;
  }
}

function checkTarget(
  { sourceKind, bypassedBy, body }: AcceptEvent,
  eventType: EventTypeDefinition | null,
): FiredType | AcceptOutcome {
  if (!eventType) return { kind: 'event_type_not_found' };
  if (!eventType.enabled) return { kind: 'event_type_disabled' };
  const bypassed = sourceKind === null || sourceKind === eventType.sourceKind ? null : eventType.sourceKind;
  if (bypassed !== null && bypassedBy === null) return { kind: 'source_kind_refused', allowed: bypassed };
  const errors = eventType.payloadCheck?.(body) ?? [];
  return errors.length > 0 ? { kind: 'payload_invalid', errors } : { kind: 'fires', eventType, bypassed };
}

function toOutcome(
  input: AcceptEvent,
  { receipt, events }: PreparedReceipt,
  standing: StandingReceipt | null,
): AcceptOutcome {
  if (!standing) {
    const eventIds = events.map(({ id }) => id);
    const [eventId] = eventIds;
    if (!eventId) throw new Error(`receipt ${receipt.id} was accepted and fires nothing`);
    return { kind: 'accepted', eventId, eventIds, receiptId: receipt.id };
  }
  if (input.rejectOtherBody && Buffer.compare(standing.bodySha256, receipt.bodySha256) !== 0) {
    return { kind: 'idempotency_conflict', eventId: standing.eventId };
  }
  return { kind: 'duplicate', eventId: standing.eventId, receiptId: standing.id };
}
