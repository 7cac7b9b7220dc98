import type { Clock } from '@nexomatic/clock';
import type { Id } from '@nexomatic/contracts/id';

/** Lines of one attempt that can be searched: more of what a module records than of what it prints. */
export const maxOutputOfAttempt = 10_000;
export const maxRecordsOfAttempt = 20_000;

/** Lines of one tenant, for each hub: as many at once as a minute's worth, and so many a second. */
const linesPerSecond = 2_000;
const burst = 60 * linesPerSecond;

/** What a tenant may still have made searchable just now. */
export interface TenantBudget {
  /** Whether there is room for one more line. Half of it is for records alone, so that no output crowds them out. */
  take(tenantId: Id<'tenant'>, isRecord: boolean): boolean;
}

export function createTenantBudget(clock: Clock): TenantBudget {
  const budgets = new Map<Id<'tenant'>, { left: number; at: number }>();
  return {
    take(tenantId, isRecord) {
      const now = clock.monotonic();
      const budget = budgets.get(tenantId) ?? { left: burst, at: now };
      budget.left = Math.min(burst, budget.left + ((now - budget.at) / 1_000) * linesPerSecond);
      budget.at = now;
      budgets.set(tenantId, budget);
      if (budget.left < (isRecord ? 1 : burst / 2)) return false;
      budget.left -= 1;
      return true;
    },
  };
}
