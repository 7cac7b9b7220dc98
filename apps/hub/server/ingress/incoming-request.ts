import { maskedHeader } from '@nexomatic/contracts/envelope';
import { readPath } from '../attempts/resolve-parameters.ts';
import { parseExactly } from '../payload/parse-exactly.ts';

/** What decides about a request beside who sent it: its headers, and what stands where in its body. */
export interface IncomingRequest {
  contentType: string;
  /** Value of a header by its name in lower case; several of one name are joined by commas (RFC 9110, 5.2). None if masked. */
  header(name: string): string | null;
  /** What stands at a JSON Pointer; null where nothing does, or the body is no JSON. */
  member(pointer: string): Member | null;
  body: Uint8Array;
}

export interface Member {
  /** Text as it stands, a number, `true`, `false` or `null` by its JSON text; null for an object or list. */
  text: string | null;
  isNumber: boolean;
  json: string;
}

/** Reads headers and body when they are first asked for: most requests are decided without either. */
export function incomingRequest(
  headers: readonly (readonly [name: string, value: string, masked?: 1])[],
  contentType: string,
  body: Uint8Array,
): IncomingRequest {
  let document: { root: unknown } | null | undefined;
  return {
    contentType,
    body,
    header(name) {
      // A mask is the same for all, and would make one delivery of everything.
      const values = headers.filter(([key, value]) => key === name && value !== maskedHeader).map(([, value]) => value);
      return values.length > 0 ? values.join(', ') : null;
    },
    member(pointer) {
      document ??= parseExactly(body);
      const found = document && readPath(document.root, pointer);
      return found ? memberOf(found.value) : null;
    },
  };
}

function memberOf(value: unknown): Member {
  const json = JSON.stringify(value);
  if (typeof value === 'string') return { text: value, isNumber: false, json };
  // A number that was kept digit by digit is an object whose JSON is those digits.
  const isNumber = /^[-\d]/.test(json);
  return { text: isNumber || typeof value !== 'object' || value === null ? json : null, isNumber, json };
}
