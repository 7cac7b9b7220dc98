/** Counts that are gathered in memory and written now and then: one costs an addition and no statement. */
export interface Gathered<T> {
  add(count: T): void;
  /** Writes what was gathered since the last time; does nothing when there is nothing. */
  write(): Promise<void>;
}

const maxRows = 1_000;

/** Adds up counts of the same key. They are written in the order of their keys, so that hubs don't deadlock. */
export function gatherCounts<T extends { n: number }>(
  keyOf: (count: T) => string,
  write: (counts: T[]) => Promise<void>,
): Gathered<T> {
  let gathered = new Map<string, T>();

  function add(count: T): void {
    const key = keyOf(count);
    const known = gathered.get(key);
    if (known) known.n += count.n;
    else gathered.set(key, count);
  }

  return {
    add,
    async write() {
      const taken = [...gathered].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, count]) => count);
      gathered = new Map();
      while (taken.length > 0) {
        const rows = taken.slice(0, maxRows);
        try {
          await write(rows);
        } catch (error) {
          // Kept for the next time, together with what has been counted meanwhile.
          for (const count of taken) add(count);
          throw error;
        }
        taken.splice(0, rows.length);
      }
    },
  };
}
