/**
 * Durations are counted in buckets that grow by a quarter of an octave (19 %), so that one histogram holds a millisecond
 * and a day, and a quantile read from it is off by a few per cent at most. Bucket 0 is everything below a millisecond; bucket
 * b holds what is from 2^((b-1)/4) up to 2^(b/4) milliseconds.
 */
const perOctave = 4;
/** Some 34 days: longer than anything runs. */
const lastBucket = 125;

/** The bucket that so many milliseconds are counted in. */
export function bucketOf(ms: number): number {
  if (!(ms >= 1)) return 0;
  return Math.min(lastBucket, Math.floor(Math.log2(ms) * perOctave) + 1);
}

const startOf = (bucket: number): number => (bucket === 0 ? 0 : 2 ** ((bucket - 1) / perOctave));
const endOf = (bucket: number): number => 2 ** (bucket / perOctave);

export type Histogram = ReadonlyMap<number, number>;

/**
 * The duration, in milliseconds, below which that share of the counted ones lies; null when nothing was counted. Within its
 * bucket it is interpolated, as if the durations there were spread evenly.
 */
export function quantile(histogram: Histogram, share: number): number | null {
  let total = 0;
  for (const n of histogram.values()) total += n;
  if (total === 0) return null;
  const rank = share * total;
  let below = 0;
  const buckets = [...histogram].filter(([, n]) => n > 0).sort(([a], [b]) => a - b);
  for (const [bucket, n] of buckets) {
    if (below + n >= rank) return startOf(bucket) + ((rank - below) / n) * (endOf(bucket) - startOf(bucket));
    below += n;
  }
  return endOf(buckets.at(-1)?.[0] ?? 0);
}
