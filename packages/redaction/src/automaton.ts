/**
 * Finds all of many byte strings in one pass (Aho–Corasick), however long the input: each byte costs one or two steps on
 * average. States are nodes of the trie of all needles; 0 is the root.
 */
export interface Automaton {
  /** States up to this one have rows in `rows`. Most input never gets beyond them. */
  readonly lastRow: number;
  /** The next state for each state with a row and each byte. */
  readonly rows: Int32Array;
  /** How many of the last bytes could be the beginning of a needle that is not complete yet. */
  readonly depth: Int32Array;
  /** Length of the longest needle that ends here, or 0. */
  readonly longest: Int32Array;
  /** The next state from one without a row. */
  step(state: number, byte: number): number;
}

export function buildAutomaton(needles: readonly Uint8Array[]): Automaton {
  const most = needles.reduce((sum, needle) => sum + needle.length, 1);
  const child = new Int32Array(most);
  const sibling = new Int32Array(most);
  const letter = new Uint8Array(most);
  const depth = new Int32Array(most);
  const longest = new Int32Array(most);
  const fail = new Int32Array(most);
  let count = 1;

  function find(state: number, byte: number): number {
    let next = child[state] ?? 0;
    while (next !== 0 && letter[next] !== byte) next = sibling[next] ?? 0;
    return next;
  }

  function add(state: number, byte: number): number {
    const added = count;
    count += 1;
    letter[added] = byte;
    depth[added] = (depth[state] ?? 0) + 1;
    sibling[added] = child[state] ?? 0;
    child[state] = added;
    return added;
  }

  // First bytes first: their states get the lowest numbers, which are those with rows.
  const firstBytes = new Set(needles.map((needle) => needle[0] ?? 0));
  const lastRow = firstBytes.size;
  const rows = new Int32Array((lastRow + 1) * 256);
  for (const byte of firstBytes) rows[byte] = add(0, byte);
  for (const needle of needles) {
    let state = rows[needle[0] ?? 0] ?? 0;
    for (let at = 1; at < needle.length; at += 1) {
      const byte = needle[at] ?? 0;
      state = find(state, byte) || add(state, byte);
    }
    longest[state] = needle.length;
  }
  for (let state = 1; state <= lastRow; state += 1) {
    rows.copyWithin(state * 256, 0, 256);
    for (let next = child[state] ?? 0; next !== 0; next = sibling[next] ?? 0) {
      rows[state * 256 + (letter[next] ?? 0)] = next;
    }
  }

  function step(from: number, byte: number): number {
    let state = from;
    while (state > lastRow) {
      const next = find(state, byte);
      if (next !== 0) return next;
      state = fail[state] ?? 0;
    }
    return rows[state * 256 + byte] ?? 0;
  }

  // Level by level, so that where a state fails to is complete before it.
  const queue = new Int32Array(count);
  let filled = 0;
  for (let state = 1; state <= lastRow; state += 1) queue[filled++] = state;
  for (let at = 0; at < filled; at += 1) {
    const state = queue[at] ?? 0;
    for (let next = child[state] ?? 0; next !== 0; next = sibling[next] ?? 0) {
      const shorter = step(fail[state] ?? 0, letter[next] ?? 0);
      fail[next] = shorter;
      if (longest[next] === 0) longest[next] = longest[shorter] ?? 0;
      // A needle that is complete goes on only as another one.
      if (child[next] === 0) depth[next] = depth[shorter] ?? 0;
      queue[filled++] = next;
    }
  }

  return { lastRow, rows, depth, longest, step };
}
