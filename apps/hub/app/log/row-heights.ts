import { lastNotAbove } from './rows.ts';

/** Height of a line that is not wrapped, in pixels; as `.log` in log.css has it. */
export const lineHeight = 20;

export interface RowHeights {
  /** Where a row begins. */
  top(row: number): number;
  /** The row that is at this height. */
  at(top: number): number;
  /** Notes how high a row is. True if that is news. */
  note(row: number, height: number): boolean;
}

/**
 * Where rows begin of which most have the same height. Only those that differ are kept, so a million of them cost nothing
 * and a row is found in some twenty steps.
 */
export function createRowHeights(): RowHeights {
  const rows: number[] = [];
  const extras: number[] = [];
  /** In step with `rows`: what they have more than a line, summed up to and with each. */
  let sums: number[] = [];

  function top(row: number): number {
    return row * lineHeight + (sums[lastNotAbove(rows, row - 1)] ?? 0);
  }

  return {
    top,
    at(wanted) {
      let low = 0;
      let high = Math.max(0, Math.ceil(wanted / lineHeight)) + 1;
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if (top(middle) <= wanted) low = middle;
        else high = middle;
      }
      return low;
    },
    note(row, height) {
      const near = lastNotAbove(rows, row);
      const known = rows[near] === row;
      const extra = height - lineHeight;
      if ((known ? extras[near] : 0) === extra) return false;
      if (known) extras[near] = extra;
      else {
        rows.splice(near + 1, 0, row);
        extras.splice(near + 1, 0, extra);
      }
      let sum = 0;
      sums = extras.map((one) => {
        sum += one;
        return sum;
      });
      return true;
    },
  };
}
