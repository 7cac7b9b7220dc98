/** A limit: so many requests a second in the long run, so many at once. */
interface Rate {
  perSecond: number;
  burst: number;
}

export interface TokenBuckets {
  /** Takes a token of that key's bucket, a source's for example; otherwise the seconds after which there is one again. */
  take(key: string, rate: Rate): { ok: true } | { ok: false; retryAfterSeconds: number };
}

interface Bucket {
  tokens: number;
  at: number;
}

/** Keys remembered; the one that came first goes first, and begins anew with a full bucket. */
const maxBuckets = 10_000;

/** Token buckets in memory: each process, and each isolate of an edge, counts what comes to it. */
export function createTokenBuckets(monotonic: () => number): TokenBuckets {
  const buckets = new Map<string, Bucket>();
  return {
    take(key, { perSecond, burst }) {
      const now = monotonic();
      const bucket = buckets.get(key) ?? remember(buckets, key, { tokens: burst, at: now });
      bucket.tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) / 1_000) * perSecond);
      bucket.at = now;
      if (bucket.tokens < 1) {
        return { ok: false, retryAfterSeconds: Math.max(1, Math.ceil((1 - bucket.tokens) / perSecond)) };
      }
      bucket.tokens -= 1;
      return { ok: true };
    },
  };
}

function remember(buckets: Map<string, Bucket>, key: string, bucket: Bucket): Bucket {
  const [oldest] = buckets.keys();
  if (buckets.size >= maxBuckets && oldest !== undefined) buckets.delete(oldest);
  buckets.set(key, bucket);
  return bucket;
}
