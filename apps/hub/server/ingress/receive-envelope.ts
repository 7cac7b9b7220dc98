import type { SourceKind } from '@nexomatic/contracts/definition-api';
import type { Envelope } from '@nexomatic/contracts/envelope';
import { errorCodes } from '@nexomatic/contracts/error-code';
import { type Id, idFromUuid, isId } from '@nexomatic/contracts/id';
import { isUnavailable } from '@nexomatic/db/ledger/unavailable';
import type { Definitions, SourceDefinition } from '../definitions/definitions.ts';
import type { PayloadFault } from '../event-types/payload-check.ts';
import type { RequestCounters } from '../requests/count-requests.ts';
import { keptBodyBytes } from '../requests/kept-body.ts';
import { maskHeaders } from '../requests/mask-headers.ts';
import type { RecordRefusals } from '../requests/record-refusals.ts';
import { secretHeaders } from '../requests/secret-headers.ts';
import type { NoteReceived } from '../sources/note-received.ts';
import { type AcceptRoutedDeps, acceptRouted } from './accept-routed.ts';
import type { BodyFault } from './check-body.ts';
import { dedupeKeyOf } from './dedupe-key.ts';
import { incomingRequest } from './incoming-request.ts';
import { isRefused, refusalOf } from './refusal-of.ts';
import type { TakeTenantRate } from './tenant-rate.ts';

/** What may become of a webhook request; the transport turns each into one status code. */
export type ReceiveOutcome =
  /** `eventIds`: all that it fired, `eventId` first. */
  | { kind: 'accepted'; receiptId: Id<'receipt'>; eventId: Id<'event'>; eventIds: Id<'event'>[] }
  | { kind: 'filtered'; receiptId: Id<'receipt'> }
  | { kind: 'duplicate'; receiptId: Id<'receipt'>; eventId: Id<'event'> | null }
  | RefusedRequest;

export type RefusedRequest =
  | { kind: 'source_not_found' }
  /** It was judged by other settings than its source has now. */
  | { kind: 'settings_changed' }
  | { kind: 'event_type_missing' }
  | { kind: 'event_type_disabled' }
  | { kind: 'source_kind_refused'; allowed: SourceKind }
  | { kind: 'payload_invalid'; errors: PayloadFault[] }
  | BodyFault
  | { kind: 'rate_limited'; retryAfterSeconds: number }
  | { kind: 'unavailable'; retryAfterSeconds: number };

interface Deps extends AcceptRoutedDeps {
  definitions: Pick<Definitions, 'sourceByKeyHash' | 'freshSourceByKeyHash'>;
  noteReceived: NoteReceived;
  requestCounters: RequestCounters;
  recordRefusals: RecordRefusals;
  takeTenantRate: TakeTenantRate;
}

/** Takes one webhook request, from the edge or from this hub's own address, and accepts what its routes make of it. */
export async function receiveEnvelope(deps: Deps, envelope: Envelope, body: Uint8Array): Promise<ReceiveOutcome> {
  let source: SourceDefinition | null;
  try {
    const keyHash = Buffer.from(envelope.sourceKeyHash, 'hex');
    source = await deps.definitions.sourceByKeyHash(keyHash);
    // Either may be behind: the receiver, or this hub's memory where another hub changed the source.
    if (source && isOutdated(envelope, source)) source = await deps.definitions.freshSourceByKeyHash(keyHash);
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    return { kind: 'unavailable', retryAfterSeconds: 5 };
  }
  // A disabled source looks like none, so that a sender learns nothing from guessing.
  if (!source?.enabled || source.kind !== 'WEBHOOK') return { kind: 'source_not_found' };
  if (isOutdated(envelope, source)) return { kind: 'settings_changed' };
  deps.noteReceived(source, secretOf(envelope));

  const outcome = await decide(deps, source, envelope, body);
  if (!isRefused(outcome)) deps.requestCounters.count(source, outcome.kind);
  // Nobody waits for it: what its sender is told does not depend on it. What may come again at once is no refusal.
  else if (outcome.kind !== 'unavailable') void deps.recordRefusals([refusalRecord(envelope, body, outcome)]);
  return outcome;
}

async function decide(
  deps: Deps,
  source: SourceDefinition,
  envelope: Envelope,
  body: Uint8Array,
): Promise<ReceiveOutcome> {
  // What was held was answered already, so to say "later" to it would be to lose it.
  const wait = envelope.held ? null : deps.takeTenantRate(source.tenantId);
  if (wait !== null) return { kind: 'rate_limited', retryAfterSeconds: wait };
  const { settings } = source;
  const { contentType } = envelope;
  const request = incomingRequest(envelope.headers, contentType, body);
  return acceptRouted(deps, source, request, {
    receiptId: idFromUuid('receipt', envelope.ingestId),
    body,
    contentType,
    remoteAddress: envelope.remoteAddress,
    headers: maskHeaders(envelope.headers, secretHeaders(settings)),
    receivedAt: envelope.receivedAt,
    status: 202,
    secretId: secretOf(envelope),
    dedupeKey: dedupeKeyOf(settings, request),
  });
}

/** What was answered and held while the hub was away stands by the settings of then. */
const isOutdated = ({ held, settingsVersion }: Envelope, source: SourceDefinition): boolean =>
  !held && settingsVersion !== source.edge.version;

const secretOf = ({ secretId }: Envelope): Id<'sourceSecret'> | null =>
  secretId !== null && isId('sourceSecret', secretId) ? secretId : null;

/** The refusal as the source's owner finds it. */
function refusalRecord(envelope: Envelope, body: Uint8Array, outcome: RefusedRequest) {
  const { code, detail, errors } = refusalOf(outcome);
  const faults = (errors ?? []).map(({ path, message }) => `${path || 'the body'}: ${message}`);
  return {
    ingestId: envelope.ingestId,
    receivedAt: envelope.receivedAt,
    sourceKeyHash: envelope.sourceKeyHash,
    status: errorCodes[code].status,
    code,
    cause: outcome.kind,
    detail: [detail, ...faults].join(' ').slice(0, 300),
    contentType: envelope.contentType,
    remoteAddress: envelope.remoteAddress,
    headers: envelope.headers,
    // What is to be sent again needs not be kept, and a flood is to cost little.
    body: outcome.kind === 'rate_limited' ? null : Buffer.from(body.subarray(0, keptBodyBytes)).toString('base64'),
    bodyBytes: body.length,
  };
}
