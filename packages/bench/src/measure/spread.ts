/** Median and 99th percentile of the same kind of figure. */
export interface Spread {
  p50: number;
  p99: number;
}

/** By nearest rank: each figure given is one that was measured. */
export function spreadOf(values: number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99) };
}

export const meanOf = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
