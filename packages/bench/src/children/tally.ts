/** Counts what a child has done, and lets the harness wait for a number. */
export interface Tally {
  add(): void;
  /** Settles with the count once it is at least `total`; rejects when that takes too long. */
  reaches(total: number, withinMs: number): Promise<number>;
}

/** `what` names the things counted, for the error. */
export function createTally(what: string): Tally {
  let count = 0;
  let waiting: { total: number; resolve(count: number): void } | null = null;
  return {
    add() {
      count += 1;
      if (waiting && count >= waiting.total) waiting.resolve(count);
    },
    reaches(total, withinMs) {
      if (count >= total) return Promise.resolve(count);
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting = null;
          reject(new Error(`${count} ${what} after ${withinMs / 1_000} s, expected ${total}`));
        }, withinMs);
        waiting = {
          total,
          resolve(reached) {
            waiting = null;
            clearTimeout(timer);
            resolve(reached);
          },
        };
      });
    },
  };
}
