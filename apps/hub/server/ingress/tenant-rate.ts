import type { Clock } from '@nexomatic/clock';
import type { Id } from '@nexomatic/contracts/id';

/** Takes one request of a tenant; gives the seconds after which it may come again, or null for one that may go on. */
export type TakeTenantRate = (tenantId: Id<'tenant'>) => number | null;

/** Tenants whose bucket is remembered; one that is forgotten begins with a full one. */
const maxTenants = 10_000;
/** So much more than a second's requests may come at once. */
const burstFactor = 2;

/**
 * A token bucket for each tenant, so that the senders of one can not take the database from all others. Kept in each hub's
 * memory: to ask a shared one would cost every request a round trip, and so many hubs let so many times as much through.
 */
export function createTenantRate(perSecond: number, clock: Clock): TakeTenantRate {
  const buckets = new Map<Id<'tenant'>, { tokens: number; at: number }>();
  const burst = perSecond * burstFactor;
  return (tenantId) => {
    const now = clock.monotonic();
    let bucket = buckets.get(tenantId);
    if (!bucket) {
      bucket = { tokens: burst, at: now };
      buckets.set(tenantId, bucket);
      const [oldest] = buckets.keys();
      if (buckets.size > maxTenants && oldest !== undefined) buckets.delete(oldest);
    }
    bucket.tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) / 1_000) * perSecond);
    bucket.at = now;
    if (bucket.tokens < 1) return Math.max(1, Math.ceil((1 - bucket.tokens) / perSecond));
    bucket.tokens -= 1;
    return null;
  };
}
