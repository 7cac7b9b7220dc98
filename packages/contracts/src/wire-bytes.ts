import * as z from 'zod/mini';

/**
 * Bytes inside a JSON message. Text that is valid UTF-8 travels as text (most payloads are), everything else as
 * base64, so that what comes out is byte for byte what went in.
 */
export const wireBytesSchema = z.union([z.object({ utf8: z.string() }), z.object({ base64: z.string() })]);
export type WireBytes = z.infer<typeof wireBytesSchema>;

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

export function toWire(bytes: Uint8Array): WireBytes {
  try {
    return { utf8: strictUtf8.decode(bytes) };
  } catch {
    // Not UTF-8: the strict decoder is the test, and base64 the answer.
    let binary = '';
    for (let at = 0; at < bytes.length; at += 0x8000) {
      binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
    }
    return { base64: btoa(binary) };
  }
}

export function fromWire(wire: WireBytes): Uint8Array {
  if ('utf8' in wire) return encoder.encode(wire.utf8);
  return Uint8Array.from(atob(wire.base64), (char) => char.charCodeAt(0));
}
