/** Median and 99th percentile of the same kind of figure. */
export interface Spread {
  p50: number;
  p99: number;
}

/** By nearest rank: each figure given is one that was measured. */
export function spreadOf(values: number[]): Spread {
  return { p50: shareOf(values, 0.5), p99: shareOf(values, 0.99) };
}

/** The figure that this share of all do not exceed. */
export function shareOf(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN;
}

export const meanOf = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
