import { shortestMasked } from '@nexomatic/contracts/secret-limits';
import type { Automaton } from './automaton.ts';
import { findEnding } from './find-ending.ts';
import { Marks } from './marks.ts';
import type { Needles } from './needles-of.ts';

/** Of what looks like the beginning of a secret, this much is let go when nothing follows for a while. */
const shownWhenIdle = 3;
/** More blanks than this in a row are no wrapped line any more. */
const longestGap = 64;
/** A line that ends after fewer bytes of a needle is not held back for them: lines are wrapped at whole groups. */
const shortestBeforeGap = 2;

const nothing = new Uint8Array(0);

/** Masks one stream of bytes. What it gives does not depend on how its input is cut. */
export interface MaskStream {
  /** What can be let go after these bytes; the stream takes them over, and may give them back as they are. */
  push(chunk: Uint8Array): Uint8Array;
  /** Whether bytes are held back because they may be the beginning of a secret. */
  readonly holding: boolean;
  /**
   * Nothing came for a while: lets go what is held back, unless it is already more of a secret than a few bytes. The rest
   * of a secret is masked even then.
   */
  idle(): Uint8Array;
  /**
   * Lets go of everything although more may come: what is already the beginning of a secret, and as long as anything that is
   * masked, is masked for it. The rest of a secret is masked whatever was let go.
   */
  cut(): Uint8Array;
  /**
   * Bytes may have been missed, so what comes next may begin in the middle of a secret: as long as anything that is masked, its
   * end is masked.
   */
  missed(): void;
  /** Nothing comes any more: lets go of everything. */
  end(): Uint8Array;
}

export interface Automata {
  needles: Needles;
  exact: Automaton;
  spaced: Automaton;
  /** Length of the longest needle of `spaced`. */
  longestSpaced: number;
}

/** A stream of its own over automata that many share. Positions count from the first byte that is held back. */
export class AutomataStream implements MaskStream {
  readonly #automata: Automata;
  readonly #marks = new Marks();
  #held: Uint8Array = nothing;
  /** States of both automata. */
  #exact = 0;
  #spaced = 0;
  #gap = 0;
  /** Whether the next bytes may begin in the middle of a needle. */
  #midway = false;
  /** Where the last bytes stand that are no blanks, as a ring: matches of `spaced` are found by their end. */
  readonly #places: Int32Array;
  #placed = 0;

  constructor(automata: Automata) {
    this.#automata = automata;
    this.#places = new Int32Array(2 ** Math.ceil(Math.log2(automata.longestSpaced + 1)));
  }

  get holding(): boolean {
    return this.#held.length > 0;
  }

  push(chunk: Uint8Array): Uint8Array {
    if (chunk.length === 0) return nothing;
    const bytes = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    if (this.#midway) this.#markEnding(chunk);
    this.#scan(bytes, this.#held.length);
    return this.#letGo(bytes, this.#beginning(bytes.length, 0));
  }

  idle(): Uint8Array {
    return this.#letGo(this.#held, this.#beginning(this.#held.length, shownWhenIdle));
  }

  cut(): Uint8Array {
    const end = this.#held.length;
    const start = this.#beginning(end, shortestMasked - 1);
    if (start < end) this.#marks.add(start, end);
    return this.#letGo(this.#held, end);
  }

  missed(): void {
    this.#midway = true;
  }

  end(): Uint8Array {
    const rest = this.#letGo(this.#held, this.#held.length);
    this.#exact = 0;
    this.#spaced = 0;
    this.#midway = false;
    this.#marks.clear();
    return rest;
  }

  #markEnding(chunk: Uint8Array): void {
    const { length, open } = findEnding(this.#automata.needles, chunk);
    if (length > 0) this.#marks.add(this.#held.length, this.#held.length + length);
    this.#midway = open;
  }

  #scan(bytes: Uint8Array, from: number): void {
    const { exact, spaced } = this.#automata;
    const [exactRows, exactLast, spacedRows, spacedLast] = [exact.rows, exact.lastRow, spaced.rows, spaced.lastRow];
    const places = this.#places;
    const ring = places.length - 1;
    let [one, two, gap, placed] = [this.#exact, this.#spaced, this.#gap, this.#placed];
    for (let at = from; at < bytes.length; at += 1) {
      const byte = bytes[at] ?? 0;
      one = one <= exactLast ? (exactRows[one * 256 + byte] ?? 0) : exact.step(one, byte);
      if (one > exactLast) {
        const length = exact.longest[one] ?? 0;
        if (length > 0) this.#marks.add(at + 1 - length, at + 1);
      }
      if (byte === 0x20 || (byte <= 0x0d && (byte >= 0x0a || byte === 0x09))) {
        gap += 1;
        if (two !== 0 && (gap > longestGap || (spaced.depth[two] ?? 0) < shortestBeforeGap)) two = 0;
        continue;
      }
      gap = 0;
      places[placed & ring] = at;
      placed = (placed + 1) | 0;
      two = two <= spacedLast ? (spacedRows[two * 256 + byte] ?? 0) : spaced.step(two, byte);
      if (two > spacedLast) {
        const length = spaced.longest[two] ?? 0;
        if (length > 0) this.#marks.add(places[(placed - length) & ring] ?? 0, at + 1);
      }
    }
    [this.#exact, this.#spaced, this.#gap, this.#placed] = [one, two, gap, placed];
  }

  /** Where that begins which may be the beginning of a needle, if it is more than `shown` bytes of one. */
  #beginning(end: number, shown: number): number {
    const { exact, spaced } = this.#automata;
    const [one, two] = [exact.depth[this.#exact] ?? 0, spaced.depth[this.#spaced] ?? 0];
    const ofExact = one > shown ? end - one : end;
    const ofSpaced = two > shown ? (this.#places[(this.#placed - two) & (this.#places.length - 1)] ?? 0) : end;
    return Math.max(0, Math.min(ofExact, ofSpaced));
  }

  #letGo(bytes: Uint8Array, end: number): Uint8Array {
    const out = this.#marks.cover(bytes, end);
    // A copy, because whoever gets the first part may do with its memory what they like.
    this.#held = end < bytes.length ? new Uint8Array(bytes.subarray(end)) : nothing;
    if (end > 0) {
      const ring = this.#places.length - 1;
      for (let back = 1; back <= (this.#automata.spaced.depth[this.#spaced] ?? 0); back += 1) {
        const place = (this.#placed - back) & ring;
        this.#places[place] = (this.#places[place] ?? 0) - end;
      }
    }
    return out;
  }
}
