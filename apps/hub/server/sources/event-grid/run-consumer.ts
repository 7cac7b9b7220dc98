import { setTimeout as pause } from 'node:timers/promises';
import { beginEventGridConsumer, type EventGridSource, writeEventGridPoll } from '@nexomatic/db/ledger/event-grid';
import { explainFailure } from './explain-failure.ts';
import { type OpenDeps, openSource } from './open-source.ts';
import { type PollDeps, type PollResult, pollOnce } from './poll-once.ts';
import { retryDelayMs } from './retry-delay.ts';

export type ConsumerDeps = PollDeps & OpenDeps;

/** Azure holds an empty poll for seconds; an answer that comes at once must not make the loop spin. */
const shortestEmptyMs = 1_000;

/** Pulls one source until the signal says to stop; events that came before are settled first. */
export async function runConsumer(
  deps: ConsumerDeps,
  { source, owner }: { source: EventGridSource; owner: string },
  signal: AbortSignal,
): Promise<void> {
  const held = { tenantId: source.tenantId, sourceId: source.id, owner };
  const poll = poller(deps, { source, owner }, signal);
  let failures = 0;
  await beginEventGridConsumer(deps.sql, held);
  while (!signal.aborted) {
    const result = await poll();
    if (result === null) return;
    failures = result.outcome === 'empty' || result.outcome === 'taken' ? 0 : failures + 1;
    const pauseMs = failures > 0 ? retryDelayMs(failures) : 0;
    await writeEventGridPoll(deps.sql, held, { ...result, failures, pauseMs }).catch((error: unknown) => {
      deps.logger.warn({ err: error, sourceId: source.id }, 'event_grid_poll.unwritten');
    });
    await pause(pauseMs || shortfallMs(result), undefined, { signal }).catch(() => undefined);
  }
}

const shortfallMs = ({ outcome, durationMs }: PollResult): number =>
  outcome === 'empty' ? Math.max(0, shortestEmptyMs - durationMs) : 0;

/** Opens the connection at the first poll, and again after one at which it could not be opened. */
function poller(
  deps: ConsumerDeps,
  { source, owner }: { source: EventGridSource; owner: string },
  signal: AbortSignal,
): () => Promise<PollResult | null> {
  const { clock } = deps;
  let opened: Awaited<ReturnType<typeof openSource>> | null = null;
  return async () => {
    try {
      opened ??= await openSource(deps, source);
    } catch (error) {
      const counts = { received: 0, accepted: 0, duplicates: 0, rejected: 0, released: 0 };
      const startedAt = new Date(clock.now());
      return { startedAt, durationMs: 0, outcome: 'failed', counts, detail: explainFailure(error), lagMs: null };
    }
    const { tenantId, id: sourceId, eventTypeId } = source;
    return pollOnce(deps, { tenantId, sourceId, eventTypeId, owner, ...opened }, signal);
  };
}
