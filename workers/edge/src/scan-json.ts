/** How much structure a body may have: what is taken apart later costs by these, not by its bytes. */
export interface JsonLimits {
  maxDepth: number;
  /** Members of objects and elements of arrays, all together. */
  maxValues: number;
}

export const defaultJsonLimits: JsonLimits = { maxDepth: 64, maxValues: 250_000 };

export type JsonScan = { kind: 'within' } | { kind: 'too_deep' | 'too_complex'; limit: number };

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;

/**
 * Looks at the bytes once, before anything builds a tree of them: a body of a million brackets costs no more than reading
 * it. It doesn't judge whether they are JSON; what isn't is found by the parser, within these limits.
 */
export function scanJson(body: Uint8Array, { maxDepth, maxValues }: JsonLimits = defaultJsonLimits): JsonScan {
  let depth = 0;
  let values = 1;
  let inString = false;
  for (let at = 0; at < body.length; at++) {
    const byte = body[at];
    if (inString) {
      if (byte === backslash) at += 1;
      else if (byte === quote) inString = false;
      continue;
    }
    if (byte === quote) inString = true;
    // "[" and "{", "]" and "}" differ from each other by one bit.
    else if (byte === 0x5b || byte === 0x7b) {
      depth += 1;
      values += 1;
      if (depth > maxDepth) return { kind: 'too_deep', limit: maxDepth };
    } else if (byte === 0x5d || byte === 0x7d) depth -= 1;
    else if (byte === comma) values += 1;
    else continue;
    if (values > maxValues) return { kind: 'too_complex', limit: maxValues };
  }
  return { kind: 'within' };
}
