import type { Id } from '@nexomatic/contracts/id';
import type { LiveBus } from '@nexomatic/queue/live';
import { gatherHints, openScheduleHints } from '../events/hints.ts';

/** Tells which of a tenant's schedules changed, or had a run decided, until `signal` ends. */
export async function* scheduleChanges(
  live: Pick<LiveBus, 'subscribeToSchedules'>,
  tenantId: Id<'tenant'>,
  signal: AbortSignal,
): AsyncGenerator<{ scheduleIds: Id<'schedule'>[] }, void, void> {
  const ids = gatherHints<'schedule'>((options) => openScheduleHints(live, tenantId, options), signal);
  for await (const scheduleIds of ids) yield { scheduleIds };
}
