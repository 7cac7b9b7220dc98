import { fromHex, toHex } from './hex.ts';
import { sha256Hex } from './mac.ts';

/**
 * How the edge proves to the hub what it received, and when. HMAC-SHA256 over lines, joined by a line feed without one at
 * the end, as lower-case hex:
 *
 *     nx2 · key id · ingest id · received at (ms) · source · hex SHA-256 of the body · hex SHA-256 of the details
 *
 * `nx1` is the same without the last line. An envelope has no expiry, because the edge may hold it for hours while the hub
 * is down; one that is sent again is made harmless by its ingest id.
 */
export const envelopeVersion = 'nx2';

/** What the signature speaks for besides the body. `source` is the hex SHA-256 of the source key. */
export interface SignedFields {
  ingestId: string;
  receivedAt: number;
  source: string;
  /** All else that travels with the request, as one text; left out of `nx1`. */
  details?: string;
}

/** A shared key of 32 bytes and the name it goes by. */
export interface EnvelopeKey {
  readonly keyId: string;
  /** The imported key; imported at first use and then kept. */
  mac(): Promise<CryptoKey>;
  /** 32 bytes for another use, that tell nothing of the key (HKDF-SHA256, RFC 5869, with an empty salt). */
  derive(purpose: string): Promise<Uint8Array<ArrayBuffer>>;
}

export type EnvelopeVerdict =
  | { outcome: 'valid' }
  /** `unknown_key`: no such key id here. `malformed`: not the text of a signature or of a field. `mismatch`: all else. */
  | { outcome: 'invalid'; cause: 'unknown_key' | 'malformed' | 'mismatch' };

const encoder = new TextEncoder();
const hmac = { name: 'HMAC', hash: 'SHA-256' };
const keyBytes = 32;

/** A key from its 64 hex digits. Throws `RangeError` on any other text, without repeating it. */
export function envelopeKey(keyId: string, hex: string): EnvelopeKey {
  const raw = fromHex(hex.toLowerCase(), keyBytes);
  if (raw === null) throw new RangeError(`envelope key ${keyId} is not ${keyBytes * 2} hex digits`);
  // Not at once: workerd refuses crypto calls while a Worker is being loaded.
  let imported: Promise<CryptoKey> | undefined;
  return {
    keyId,
    mac: () => (imported ??= crypto.subtle.importKey('raw', raw, hmac, false, ['sign', 'verify'])),
    async derive(purpose) {
      const base = await crypto.subtle.importKey('raw', raw, 'HKDF', false, ['deriveBits']);
      const hkdf = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: encoder.encode(purpose) };
      return new Uint8Array(await crypto.subtle.deriveBits(hkdf, base, keyBytes * 8));
    },
  };
}

/** The signature of an envelope, as hex. */
export async function signEnvelope(
  key: EnvelopeKey,
  fields: SignedFields,
  body: Uint8Array<ArrayBuffer>,
): Promise<string> {
  if (!isSignable(key.keyId, fields)) throw new RangeError('an envelope field holds a line break or is no number');
  const [mac, text] = await Promise.all([key.mac(), signedText(key.keyId, fields, body)]);
  return toHex(new Uint8Array(await crypto.subtle.sign(hmac, mac, text)));
}

/** Whether that signature is one of ours for exactly these fields and this body. The comparison takes constant time. */
export async function verifyEnvelope(
  keys: readonly EnvelopeKey[],
  claimed: SignedFields & { keyId: string; signature: string },
  body: Uint8Array<ArrayBuffer>,
): Promise<EnvelopeVerdict> {
  const key = keys.find(({ keyId }) => keyId === claimed.keyId);
  if (key === undefined) return { outcome: 'invalid', cause: 'unknown_key' };
  const signature = fromHex(claimed.signature, 32);
  if (signature === null || !isSignable(key.keyId, claimed)) return { outcome: 'invalid', cause: 'malformed' };
  const [mac, text] = await Promise.all([key.mac(), signedText(key.keyId, claimed, body)]);
  const matches = await crypto.subtle.verify(hmac, mac, signature, text);
  return matches ? { outcome: 'valid' } : { outcome: 'invalid', cause: 'mismatch' };
}

async function signedText(keyId: string, fields: SignedFields, body: Uint8Array<ArrayBuffer>) {
  const { ingestId, receivedAt, source, details } = fields;
  const version = details === undefined ? 'nx1' : envelopeVersion;
  const lines = [version, keyId, ingestId, receivedAt, source, await sha256Hex(body)];
  if (details !== undefined) lines.push(await sha256Hex(encoder.encode(details)));
  return encoder.encode(lines.join('\n'));
}

/** Two different sets of fields must never make the same text, so no field may bring a line break of its own. */
function isSignable(keyId: string, { ingestId, receivedAt, source }: SignedFields): boolean {
  return Number.isSafeInteger(receivedAt) && ![keyId, ingestId, source].some((field) => field.includes('\n'));
}
