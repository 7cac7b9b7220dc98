import { type Envelope, envelopeDetailsSchema, envelopeHeaders } from '@nexomatic/contracts/envelope';
import { encodeBase64 } from './decode.ts';
import {
  type EnvelopeKey,
  type EnvelopeVerdict,
  envelopeVersion,
  signEnvelope,
  verifyEnvelope,
} from './edge-envelope.ts';

export type OpenedEnvelope =
  | { outcome: 'valid'; envelope: Envelope }
  | {
      outcome: 'invalid';
      /** `missing`: a header that every envelope has is not there. `unknown_version`: signed in a way not known here. */
      cause: 'missing' | 'unknown_version' | Extract<EnvelopeVerdict, { outcome: 'invalid' }>['cause'];
    };

/**
 * Longest header that carries the details. A Node server answers 431 to a head of more than 16 KiB, and
 * the other headers need room too.
 */
const maxPackedLength = 12 * 1024;

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const hash = /^[0-9a-f]{64}$/;

/** The headers that carry an envelope; the body travels as the request's body, unchanged. */
export async function sealEnvelope(
  key: EnvelopeKey,
  envelope: Envelope,
  body: Uint8Array<ArrayBuffer>,
): Promise<Record<string, string>> {
  const { ingestId, receivedAt, sourceKeyHash: source, ...details } = envelope;
  const packed = packDetails(details);
  return {
    [envelopeHeaders.version]: envelopeVersion,
    [envelopeHeaders.keyId]: key.keyId,
    [envelopeHeaders.ingestId]: ingestId,
    [envelopeHeaders.receivedAt]: String(receivedAt),
    [envelopeHeaders.source]: source,
    [envelopeHeaders.details]: packed,
    [envelopeHeaders.signature]: await signEnvelope(key, { ingestId, receivedAt, source, details: packed }, body),
    'content-type': 'application/octet-stream',
  };
}

/** The envelope that these headers carry, if one of the keys signed it for this body. */
export async function openEnvelope(
  keys: readonly EnvelopeKey[],
  headers: { get(name: string): string | null },
  body: Uint8Array<ArrayBuffer>,
): Promise<OpenedEnvelope> {
  const version = headers.get(envelopeHeaders.version);
  const keyId = headers.get(envelopeHeaders.keyId);
  const ingestId = headers.get(envelopeHeaders.ingestId);
  const receivedAtText = headers.get(envelopeHeaders.receivedAt);
  const source = headers.get(envelopeHeaders.source);
  const details = headers.get(envelopeHeaders.details);
  const signature = headers.get(envelopeHeaders.signature);
  if (version === null || !keyId || !ingestId || !receivedAtText || !source || !details || !signature) {
    return invalid('missing');
  }
  if (version !== envelopeVersion) return invalid('unknown_version');
  const receivedAt = Number(receivedAtText);
  // Only the text that a number prints as was signed: "0123" and "1e3" are other texts of a number.
  if (String(receivedAt) !== receivedAtText || !uuid.test(ingestId) || !hash.test(source)) return invalid('malformed');
  const verdict = await verifyEnvelope(keys, { keyId, ingestId, receivedAt, source, details, signature }, body);
  if (verdict.outcome === 'invalid') return verdict;
  const unpacked = unpackDetails(details);
  if (unpacked === null) return invalid('malformed');
  return { outcome: 'valid', envelope: { ingestId, receivedAt, sourceKeyHash: source, ...unpacked } };
}

const invalid = (cause: Extract<OpenedEnvelope, { outcome: 'invalid' }>['cause']): OpenedEnvelope => ({
  outcome: 'invalid',
  cause,
});

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

type Details = Omit<Envelope, 'ingestId' | 'receivedAt' | 'sourceKeyHash'>;

/** Base64url of their JSON; headers at the end are left out, whole, where it would grow too long. */
function packDetails(details: Details): string {
  for (let kept = details.headers.length; ; kept--) {
    const bytes = encoder.encode(JSON.stringify({ ...details, headers: details.headers.slice(0, kept) }));
    if (kept > 0 && bytes.length * (4 / 3) > maxPackedLength) continue;
    return encodeBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  }
}

function unpackDetails(packed: string): Details | null {
  try {
    const binary = atob(packed.replaceAll('-', '+').replaceAll('_', '/'));
    const json: unknown = JSON.parse(decoder.decode(Uint8Array.from(binary, (char) => char.charCodeAt(0))));
    const details = envelopeDetailsSchema.safeParse(json);
    return details.success ? details.data : null;
  } catch {
    // Not base64url, not UTF-8 or not JSON: all the same to the caller.
    return null;
  }
}
