import type { Id } from '@nexomatic/contracts/id';
import type { LiveBus } from '@nexomatic/queue/live';
import { openHints } from './hints.ts';

/** Changes are gathered for this long, so that a busy tenant's pages are told a few times a second, not a thousand. */
const gatherMs = 250;
/** Ids named at once; a page that is told of more than this reads its list again anyway. */
const maxIds = 500;

/** Tells which of a tenant's events changed, until `signal` ends. Only a hint: what they are now is read from the hub. */
export async function* eventChanges(
  live: Pick<LiveBus, 'subscribe'>,
  tenantId: Id<'tenant'>,
  signal: AbortSignal,
): AsyncGenerator<{ eventIds: Id<'event'>[] }, void, void> {
  let changed = new Set<Id<'event'>>();
  const concerns = (eventIds: Id<'event'>[]): boolean => {
    for (const id of eventIds) if (changed.size < maxIds) changed.add(id);
    return true;
  };
  using hints = openHints(live, tenantId, { concerns, gapMs: gatherMs });
  while (!signal.aborted) {
    await hints.next(signal);
    if (changed.size === 0) continue;
    const eventIds = [...changed];
    changed = new Set();
    yield { eventIds };
  }
}
