import type { EnvelopeKey } from './edge-envelope.ts';
import { fromHex, toHex } from './hex.ts';
import { sha256Hex } from './mac.ts';

/**
 * Calls between an edge and its hub, both ways, other than envelopes: HMAC-SHA256 over lines, joined by a line feed without
 * one at the end, as lower-case hex:
 *
 *     nxc1 · key id · path · sent at (ms) · hex SHA-256 of the body
 *
 * The path names who is called, so no call of one side is one of the other's. A call is good for five minutes; within them,
 * one that is sent again must do no harm.
 */
const version = 'nxc1';

export const callHeaders = { keyId: 'nx-key-id', sentAt: 'nx-sent-at', signature: 'nx-call-signature' } as const;

/** Clocks of edge and hub may differ by so much. */
const maxAgeMs = 5 * 60_000;

const encoder = new TextEncoder();
const hmac = { name: 'HMAC', hash: 'SHA-256' };

/** The headers that prove a call to that path with this body. */
export async function signCall(
  key: EnvelopeKey,
  call: { path: string; sentAt: number },
  body: Uint8Array<ArrayBuffer>,
): Promise<Record<string, string>> {
  const [mac, text] = await Promise.all([key.mac(), signedText(key.keyId, call, body)]);
  return {
    [callHeaders.keyId]: key.keyId,
    [callHeaders.sentAt]: String(call.sentAt),
    [callHeaders.signature]: toHex(new Uint8Array(await crypto.subtle.sign(hmac, mac, text))),
  };
}

/** The key that signed this call to the path, or null. The comparison takes constant time. */
export async function openCall(
  keys: readonly EnvelopeKey[],
  call: { path: string; now: number; headers: { get(name: string): string | null } },
  body: Uint8Array<ArrayBuffer>,
): Promise<EnvelopeKey | null> {
  const { path, now, headers } = call;
  const key = keys.find(({ keyId }) => keyId === headers.get(callHeaders.keyId));
  const sentAtText = headers.get(callHeaders.sentAt) ?? '';
  const signature = fromHex(headers.get(callHeaders.signature) ?? '', 32);
  if (!key || !signature || !/^[1-9]\d{0,15}$/.test(sentAtText)) return null;
  const sentAt = Number(sentAtText);
  if (Math.abs(now - sentAt) > maxAgeMs) return null;
  const [mac, text] = await Promise.all([key.mac(), signedText(key.keyId, { path, sentAt }, body)]);
  return (await crypto.subtle.verify(hmac, mac, signature, text)) ? key : null;
}

async function signedText(
  keyId: string,
  { path, sentAt }: { path: string; sentAt: number },
  body: Uint8Array<ArrayBuffer>,
) {
  return encoder.encode([version, keyId, path, sentAt, await sha256Hex(body)].join('\n'));
}
