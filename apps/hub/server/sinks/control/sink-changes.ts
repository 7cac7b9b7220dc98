import type { Id } from '@nexomatic/contracts/id';
import type { LiveBus } from '@nexomatic/queue/live';
import { gatherHints, openSinkHints } from '../../events/hints.ts';

/** Tells which of a tenant's sinks, or signals to them, changed, until `signal` ends. */
export async function* sinkChanges(
  live: Pick<LiveBus, 'subscribeToSinks'>,
  tenantId: Id<'tenant'>,
  signal: AbortSignal,
): AsyncGenerator<{ sinkIds: Id<'sink'>[] }, void, void> {
  for await (const sinkIds of gatherHints<'sink'>((options) => openSinkHints(live, tenantId, options), signal))
    yield { sinkIds };
}
