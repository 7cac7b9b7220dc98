import { toHex } from './hex.ts';

const names = { sha256: 'SHA-256', sha384: 'SHA-384', sha512: 'SHA-512', sha1: 'SHA-1' } as const;
export type MacAlgorithm = keyof typeof names;

type Bytes = Uint8Array<ArrayBuffer>;

/** HMAC (RFC 2104) of the parts put together. */
export async function mac(algorithm: MacAlgorithm, key: Bytes, ...parts: Bytes[]): Promise<Bytes> {
  const hmac = { name: 'HMAC', hash: names[algorithm] };
  // Web Crypto refuses an empty key, and HMAC pads every key with zeros anyway.
  const raw = key.length === 0 ? new Uint8Array(1) : key;
  const imported = await crypto.subtle.importKey('raw', raw, hmac, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign(hmac, imported, concat(parts)));
}

export async function sha256(bytes: BufferSource): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

/** The same as lower-case hex. */
export const sha256Hex = async (bytes: BufferSource): Promise<string> => toHex(await sha256(bytes));

/** Whether two texts are the same, in a time that tells nothing of where they differ or how long they are. */
export async function sameText(a: string, b: string): Promise<boolean> {
  const [left, right] = await Promise.all([sha256(utf8(a)), sha256(utf8(b))]);
  return sameBytes(left, right);
}

/** Whether two byte strings are the same; of equal length, in a time that doesn't depend on what they hold. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= (a[i] ?? 0) ^ (b[i] ?? 0);
  return difference === 0;
}

const encoder = new TextEncoder();
/** Copied, because not every platform's types say that the encoder's bytes are shared with nobody. */
export const utf8 = (text: string): Bytes => new Uint8Array(encoder.encode(text));

function concat(parts: Bytes[]): Bytes {
  const [only] = parts;
  if (only && parts.length === 1) return only;
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
