const firstMs = 1_000;
const mostMs = 30_000;

/**
 * How long to wait after that many failures in a row: 1 s, twice as long each time, 30 s at most; of that at least half, so that
 * the buffers of many sources don't all come at the same instant. `random` is from 0 to 1.
 */
export function backOffMs(failures: number, random: number): number {
  const whole = Math.min(mostMs, firstMs * 2 ** Math.max(0, failures - 1));
  return Math.round(whole / 2 + (whole / 2) * random);
}
