import { shortestMasked } from '@nexomatic/contracts/secret-limits';
import type { Needles } from './needles-of.ts';

/** Where bytes begin in the middle of a needle: how far it reaches into them, and whether it may go on behind them. */
export interface Ending {
  length: number;
  open: boolean;
}

const noEnding: Ending = { length: 0, open: false };

/**
 * Bytes whose forerunners nobody saw may begin with the end of a needle. So much of it as is masked anywhere (six bytes) is found;
 * bytes that lie inside a needle as a whole, or are too few to tell, leave open whether the next ones go on.
 */
export function findEnding({ exact, spaced }: Needles, bytes: Uint8Array): Ending {
  const plain = longest(exact, bytes);
  const { dense, places } = withoutBlanks(bytes, longestOf(spaced));
  const { length, open } = longest(spaced, dense);
  const wrapped = { length: length === 0 ? 0 : (places[length - 1] ?? 0) + 1, open };
  return { length: Math.max(plain.length, wrapped.length), open: plain.open || wrapped.open };
}

function longest(needles: readonly Uint8Array[], bytes: Uint8Array): Ending {
  if (bytes.length < shortestMasked) return { length: 0, open: true };
  const probe = bytes.subarray(0, shortestMasked);
  let found = noEnding;
  for (const needle of needles) {
    const ending = endingOf(Buffer.from(needle.buffer, needle.byteOffset, needle.length), bytes, probe);
    if (ending.length > found.length) found = ending;
  }
  return found;
}

function endingOf(needle: Buffer, bytes: Uint8Array, probe: Uint8Array): Ending {
  for (let at = needle.indexOf(probe, 1); at > 0; at = needle.indexOf(probe, at + 1)) {
    const length = Math.min(needle.length - at, bytes.length);
    const fits = needle.compare(bytes, 0, length, at, at + length) === 0;
    if (fits) return { length, open: at + length < needle.length };
  }
  return noEnding;
}

const longestOf = (needles: readonly Uint8Array[]): number =>
  needles.reduce((most, { length }) => Math.max(most, length), 0);

/** At most so many of the bytes that are no blanks, and where each of them stands. */
function withoutBlanks(bytes: Uint8Array, most: number): { dense: Uint8Array; places: number[] } {
  const places: number[] = [];
  for (let at = 0; at < bytes.length && places.length < most; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte !== 0x20 && !(byte >= 0x09 && byte <= 0x0d)) places.push(at);
  }
  return { dense: Uint8Array.from(places, (at) => bytes[at] ?? 0), places };
}
