import { parseExactJson } from '@nexomatic/contracts/exact-json';

/** Parses JSON so that writing it again gives the same digits; null for what is none. */
export function parseExactly(payload: Uint8Array): { root: unknown } | null {
  try {
    return { root: parseExactJson(Buffer.from(payload).toString('utf8')) };
  } catch {
    // A raw body is a good payload; it just has no keys.
    return null;
  }
}
