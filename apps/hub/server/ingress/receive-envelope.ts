import { isUtf8 } from 'node:buffer';
import type { SourceKind } from '@nexomatic/contracts/definition-api';
import type { Envelope } from '@nexomatic/contracts/envelope';
import { type Id, idFromUuid } from '@nexomatic/contracts/id';
import { isUnavailable } from '@nexomatic/db/ledger/unavailable';
import type { Definitions, SourceDefinition } from '../definitions/definitions.ts';
import type { PayloadFault } from '../event-types/payload-check.ts';
import type { NoteReceived } from '../sources/note-received.ts';
import type { AcceptEvents, AcceptOutcome } from './accept-event.ts';
import { jsonFaultOf } from './json-fault.ts';

/** What may become of a webhook request; the transport turns each into one status code. */
export type ReceiveOutcome =
  | { kind: 'accepted'; receiptId: Id<'receipt'>; eventId: Id<'event'> }
  | { kind: 'duplicate'; receiptId: Id<'receipt'>; eventId: Id<'event'> | null }
  | { kind: 'source_not_found' }
  /** It was judged by other settings than its source has now. */
  | { kind: 'settings_changed' }
  | { kind: 'source_without_event_type' }
  | { kind: 'event_type_disabled' }
  | { kind: 'source_kind_refused'; allowed: SourceKind }
  | { kind: 'payload_invalid'; errors: PayloadFault[] }
  | { kind: 'unsupported_media_type'; detail: string }
  | { kind: 'charset'; detail: string }
  | { kind: 'empty_body' }
  | { kind: 'invalid_json'; detail: string }
  | { kind: 'unavailable'; retryAfterSeconds: number };

interface Deps {
  definitions: Pick<Definitions, 'sourceByKeyHash' | 'freshSourceByKeyHash'>;
  acceptEvent: AcceptEvents;
  noteReceived: NoteReceived;
}

/** Takes one webhook request, from the edge or from this hub's own address, and accepts an event for it. */
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
  deps.noteReceived(source);
  if (source.eventTypeId === null) return { kind: 'source_without_event_type' };

  const refusal = checkBody(source, envelope.contentType, body);
  if (refusal) return refusal;

  const outcome = await deps.acceptEvent({
    tenantId: source.tenantId,
    eventTypeId: source.eventTypeId,
    sourceId: source.id,
    sourceKind: source.kind,
    bypassedBy: null,
    receiptId: idFromUuid('receipt', envelope.ingestId),
    dedupeKey: null,
    body,
    contentType: envelope.contentType || 'application/json',
    remoteAddress: envelope.remoteAddress,
    headers: envelope.headers,
    receivedAt: envelope.receivedAt,
    rejectOtherBody: false,
  });
  return toReceiveOutcome(outcome);
}

/** What was answered and held while the hub was away stands by the settings of then. */
const isOutdated = ({ held, settingsVersion }: Envelope, source: SourceDefinition): boolean =>
  !held && settingsVersion !== source.edge.version;

function toReceiveOutcome(outcome: AcceptOutcome): ReceiveOutcome {
  switch (outcome.kind) {
    case 'accepted':
    case 'duplicate':
    case 'event_type_disabled':
    case 'source_kind_refused':
    case 'payload_invalid':
    case 'unavailable':
      return outcome;
    case 'event_type_not_found':
      return { kind: 'source_without_event_type' };
    case 'idempotency_conflict':
      throw new Error('a webhook was compared with an earlier body, which only API calls ask for');
    default:
      return outcome satisfies never;
  }
}

const jsonType = /^(?:application|text)\/(?:[a-z0-9.-]+\+)?json$/;
/** Types that say nothing: what senders put there when nobody thought of it, `curl -d` among them. */
const generalTypes = ['', 'text/plain', 'application/x-www-form-urlencoded'];

function checkBody(source: SourceDefinition, contentType: string, body: Uint8Array): ReceiveOutcome | null {
  const [type = '', ...parameters] = contentType.split(';').map((part) => part.trim().toLowerCase());
  const declaredJson = jsonType.test(type);
  if (!declaredJson && !(source.sniffJson && generalTypes.includes(type))) {
    return {
      kind: 'unsupported_media_type',
      detail: `This source takes JSON, and the body is declared as ${type || 'nothing'}.`,
    };
  }
  const charset = parameters
    .find((parameter) => parameter.startsWith('charset='))
    ?.slice(8)
    .replaceAll('"', '');
  if (charset !== undefined && charset !== 'utf-8' && charset !== 'utf8' && charset !== 'us-ascii') {
    return { kind: 'charset', detail: `The body is declared as ${charset}; JSON is sent as UTF-8.` };
  }
  if (body.length === 0) return { kind: 'empty_body' };
  if (!isUtf8(body)) return { kind: 'charset', detail: 'The body holds bytes that are not UTF-8.' };
  const fault = jsonFaultOf(body);
  if (fault === null) return null;
  if (declaredJson) return { kind: 'invalid_json', detail: fault };
  const declared = type === '' ? 'declares no type' : `is declared as ${type}`;
  return { kind: 'unsupported_media_type', detail: `The body ${declared} and does not parse as JSON either. ${fault}` };
}
