const mask = Buffer.from('***');
const nothing = new Uint8Array(0);

/** Stretches of a stream that are not to be seen. Those that overlap or touch are one. */
export class Marks {
  /** Starts and ends in turn, in order, apart from each other. */
  #places: number[] = [];
  /** Whether what was last given away ended with a mask, which the next mark may only prolong. */
  #open = false;

  /** Starts may come in any order as long as nothing comes that ends before an earlier one begins. */
  add(start: number, end: number): void {
    // Part of it may have been given away.
    let from = Math.max(0, start);
    let to = end;
    while (this.#places.length > 0 && (this.#places.at(-1) ?? 0) >= from) {
      to = Math.max(to, this.#places.pop() ?? to);
      from = Math.min(from, this.#places.pop() ?? from);
    }
    this.#places.push(from, to);
  }

  clear(): void {
    this.#places = [];
    this.#open = false;
  }

  /** The bytes up to `end` with a mask for each mark, which are given away: `end` is where counting begins from now on. */
  cover(bytes: Uint8Array, end: number): Uint8Array {
    if (end === 0) return nothing;
    const parts: Uint8Array[] = [];
    const left: number[] = [];
    let at = 0;
    for (let index = 0; index < this.#places.length; index += 2) {
      const [start = 0, stop = 0] = this.#places.slice(index, index + 2);
      if (stop > end) left.push(Math.max(0, start - end), stop - end);
      if (start >= end) continue;
      if (start > at) parts.push(bytes.subarray(at, start));
      if (start > at || !this.#open) parts.push(mask);
      this.#open = true;
      at = Math.min(stop, end);
    }
    if (at < end) {
      parts.push(at === 0 && end === bytes.length ? bytes : bytes.subarray(at, end));
      this.#open = false;
    }
    this.#places = left;
    return parts.length === 1 && parts[0] !== mask ? (parts[0] ?? nothing) : Buffer.concat(parts);
  }
}
