import type { Clock } from '@nexomatic/clock';
import type { Id } from '@nexomatic/contracts/id';
import { createTokenBuckets } from '@nexomatic/edge/token-buckets';

/** Takes one request of a tenant; gives the seconds after which it may come again, or null for one that may go on. */
export type TakeTenantRate = (tenantId: Id<'tenant'>) => number | null;

/** So much more than a second's requests may come at once. */
const burstFactor = 2;

/**
 * A token bucket for each tenant, so that the senders of one can not take the database from all others. Kept in each hub's
 * memory: to ask a shared one would cost every request a round trip, and so many hubs let so many times as much through.
 */
export function createTenantRate(perSecond: number, clock: Clock): TakeTenantRate {
  const buckets = createTokenBuckets(clock.monotonic);
  const rate = { perSecond, burst: perSecond * burstFactor };
  return (tenantId) => {
    const taken = buckets.take(tenantId, rate);
    return taken.ok ? null : taken.retryAfterSeconds;
  };
}
