const firstMs = 1_000;
const longestMs = 60_000;

/** How long to wait after so many failures in a row: doubled each time up to a minute, and a random half of that less. */
export function retryDelayMs(failures: number, random: () => number = Math.random): number {
  const full = Math.min(longestMs, firstMs * 2 ** Math.min(failures - 1, 16));
  return Math.round(full / 2 + (random() * full) / 2);
}
