import type { LogGroup } from './groups.ts';
import type { LostLines } from './log-store.ts';

/** Which lines are shown, in order. */
export interface Rows {
  count: number;
  /** 0 where there is none. */
  lineAt(row: number): number;
  /** -1 for a line that is not shown. */
  rowOf(line: number): number;
}

/** The lines that a filter lets through. */
export function rowsOfLines(lines: readonly number[]): Rows {
  return {
    count: lines.length,
    lineAt: (row) => lines[row] ?? 0,
    rowOf(line) {
      const row = lastNotAbove(lines, line);
      return lines[row] === line ? row : -1;
    },
  };
}

interface Hiding {
  groups: readonly LogGroup[];
  isOpen: (group: LogGroup) => boolean;
  lost: readonly LostLines[];
}

/** All lines but those of folded groups and those that were lost, told without a list of a million numbers. */
export function rowsOfGroups(total: number, { groups, isOpen, lost }: Hiding): Rows {
  /** Of each range that hides lines: the first and the last of them, and in step the lines hidden up to and with it. */
  const starts: number[] = [];
  const ends: number[] = [];
  const hidden: number[] = [];
  let sum = 0;
  const ranges = [
    ...groups.map((group) => ({ first: (isOpen(group) ? group.end : group.line) + 1, last: group.last })),
    ...lost.map(({ from, to }) => ({ first: from + 1, last: Math.min(to, total) })),
  ].sort((a, b) => a.first - b.first);
  for (const { first: start, last } of ranges) {
    // Lost lines may stand in a folded group.
    const first = Math.max(start, (ends.at(-1) ?? 0) + 1);
    if (first > last) continue;
    sum += last - first + 1;
    starts.push(first);
    ends.push(last);
    hidden.push(sum);
  }
  /** Row of the first line behind each of them. */
  const rowsBehind = ends.map((end, index) => end - (hidden[index] ?? 0));
  return {
    count: total - sum,
    lineAt(row) {
      const before = lastNotAbove(rowsBehind, row);
      return row < 0 || row >= total - sum ? 0 : row + 1 + (hidden[before] ?? 0);
    },
    rowOf(line) {
      const near = lastNotAbove(starts, line);
      if (line < 1 || line > total || line <= (ends[near] ?? 0)) return -1;
      return line - 1 - (hidden[near] ?? 0);
    },
  };
}

/** Place of the last number that is not above `value` in an ascending list; -1 if all are. */
export function lastNotAbove(numbers: readonly number[], value: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
