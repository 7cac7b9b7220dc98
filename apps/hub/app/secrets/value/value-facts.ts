import { isShortValue, secretText, secretValueLimit } from '@nexomatic/contracts/secret-limits';

/** What can be said of a value without showing it. */
export interface ValueFacts {
  bytes: number;
  tooLong: boolean;
  /** Modules may print it: what is shorter can not be masked in logs without masking half of them. */
  short: boolean;
  /** White space at its ends is part of the value and seldom meant. */
  edges: 'begin' | 'end' | 'both' | null;
}

export function factsOf(bytes: Uint8Array): ValueFacts {
  const begins = isSpace(bytes[0]);
  const ends = isSpace(bytes.at(-1));
  const tooLong = bytes.length > secretValueLimit;
  return {
    bytes: bytes.length,
    tooLong,
    short: !tooLong && isShortValue(secretText(bytes) ?? ''),
    edges: begins && ends ? 'both' : begins ? 'begin' : ends ? 'end' : null,
  };
}

/** The value without the white space at its ends. */
export function trimEdges(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  let [from, to] = [0, bytes.length];
  while (from < to && isSpace(bytes[from])) from++;
  while (to > from && isSpace(bytes[to - 1])) to--;
  return bytes.slice(from, to);
}

/** Space, tab, line feed, carriage return: one byte each in UTF-8. */
const isSpace = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;

/** `1,234`, on the server and in every browser. */
export const countWord = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');

/** `1,234 bytes`. */
export const countBytes = (bytes: number): string => `${countWord(bytes)} ${bytes === 1 ? 'byte' : 'bytes'}`;
