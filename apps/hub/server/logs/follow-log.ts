import type { Id } from '@nexomatic/contracts/id';
import type { LiveBus } from '@nexomatic/queue/live';
import { openHints } from '../events/hints.ts';
import type { LineReaderOptions } from './log-lines.ts';
import { type LogPage, type LogPages, openLogPages } from './log-pages.ts';
import { type LogAddress, requireLogState } from './read-log.ts';
import { type LogDeps, storedLog } from './stored-log.ts';

interface Deps extends LogDeps {
  live: LiveBus;
}

/**
 * Everything that stands in an attempt's log behind `after`, then what is added, until the attempt is finished and all of
 * it was given. Without a number it is the latest attempt, or the first one once there is one. Ends when `signal` does.
 */
export async function* followLog(
  deps: Deps,
  tenantId: Id<'tenant'>,
  { id, attempt, after, longLines = 'pieces' }: LogAddress & Pick<LineReaderOptions, 'longLines'>,
  signal: AbortSignal,
): AsyncGenerator<LogPage, void, void> {
  using hints = openHints(deps.live, tenantId, {
    concerns: (eventIds) => eventIds.includes(id),
    gapMs: 150,
    pollMs: 1_000,
  });
  let pages: LogPages | null = null;
  let following = attempt;

  while (!signal.aborted) {
    const state = await requireLogState(deps, tenantId, id, following);
    if (state.attempt > 0 || state.finishedAt) {
      following = state.attempt || undefined;
      pages ??= openLogPages(storedLog(deps, tenantId, id, state.attempt), {
        attempt: state.attempt,
        after,
        longLines,
      });
      const page = await pages.next(state);
      if (page.entries.length > 0 || page.complete) yield page;
      if (page.complete) return;
      if (page.more) continue;
    }
    await hints.next(signal);
  }
}
