import type { Id } from '@nexomatic/contracts/id';
import type { LiveBus } from '@nexomatic/queue/live';
import { openSinkHints } from '../../events/hints.ts';

const gatherMs = 250;

/** Tells which of a tenant's sinks, or signals to them, changed, until `signal` ends. Only a hint: what they are is read anew. */
export async function* sinkChanges(
  live: Pick<LiveBus, 'subscribeToSinks'>,
  tenantId: Id<'tenant'>,
  signal: AbortSignal,
): AsyncGenerator<{ sinkIds: Id<'sink'>[] }, void, void> {
  let changed = new Set<Id<'sink'>>();
  const concerns = (sinkIds: Id<'sink'>[]): boolean => {
    for (const id of sinkIds) changed.add(id);
    return true;
  };
  using hints = openSinkHints(live, tenantId, { concerns, gapMs: gatherMs });
  while (!signal.aborted) {
    await hints.next(signal);
    if (changed.size === 0) continue;
    const sinkIds = [...changed];
    changed = new Set();
    yield { sinkIds };
  }
}
