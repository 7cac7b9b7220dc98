import type { Occurrence } from '@nexomatic/contracts/schedule-occurrence';
import { instantMs } from '../../time/format-time.ts';

/** How much later than planned runs were fired by the clock, oldest first, in milliseconds. Those of a person had no plan. */
export const firedAfter = (runs: readonly Occurrence[]): number[] =>
  runs
    .filter(({ status, origin }) => status === 'fired' && origin === 'tick')
    .map(({ dueAt, decidedAt }) => Math.max(0, instantMs(decidedAt) - instantMs(dueAt)))
    .reverse();

/** Half of the values are not above it; null of none. */
export function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null;
}
