import type { Id } from '@nexomatic/contracts/id';
import { type FinishedPoll, writeInFlight } from '@nexomatic/db/ledger/event-grid';
import type { Sql } from '@nexomatic/db/sql';
import type { NoteReceived } from '../note-received.ts';
import { explainFailure } from './explain-failure.ts';
import type { LockedEvent, Subscription } from './open-subscription.ts';
import { type SettleDeps, settleBatch } from './settle-batch.ts';
import { cloudEventFacts } from './take-event.ts';

export interface PollDeps extends SettleDeps {
  sql: Sql;
  noteReceived: NoteReceived;
}

/** A source as it is pulled. */
export interface Connection {
  tenantId: Id<'tenant'>;
  sourceId: Id<'source'>;
  eventTypeId: Id<'eventType'>;
  owner: string;
  host: string;
  subscription: Subscription;
}

export type PollResult = Omit<FinishedPoll, 'failures' | 'pauseMs'>;

const noCounts = { received: 0, accepted: 0, duplicates: 0, rejected: 0, released: 0 };

/**
 * One poll: receive, take, tell Azure. Null when the signal ended it before events came; events that came are settled whatever
 * the signal says.
 */
export async function pollOnce(
  deps: PollDeps,
  connection: Connection,
  signal: AbortSignal,
): Promise<PollResult | null> {
  const { clock, logger, sql } = deps;
  const startedAt = new Date(clock.now());
  const begin = clock.monotonic();
  const finished = (poll: Omit<PollResult, 'startedAt' | 'durationMs'>): PollResult => ({
    ...{ startedAt, durationMs: Math.round(clock.monotonic() - begin) },
    ...poll,
  });
  let events: LockedEvent[];
  try {
    events = await connection.subscription.receive(signal);
  } catch (error) {
    if (signal.aborted) return null;
    return finished({ outcome: 'failed', counts: noCounts, detail: explainFailure(error), lagMs: null });
  }
  if (events.length === 0) return finished({ outcome: 'empty', counts: noCounts, detail: null, lagMs: 0 });

  const { tenantId, sourceId, host } = connection;
  const lagMs = lagOf(events, clock.now());
  deps.noteReceived({ tenantId, id: sourceId });
  await writeInFlight(sql, connection, events.length).catch((error: unknown) => {
    logger.warn({ err: error, sourceId }, 'event_grid_locks.unwritten');
  });
  const settled = await settleBatch(deps, { subscription: connection.subscription, takenFor: connection }, events);
  const { counts, outcome } = settled;
  logger.info({ tenantId, sourceId, host, outcome, lagMs, ...counts }, 'event_grid.polled');
  return finished({ ...settled, lagMs });
}

/** How old the oldest event is by its own word; 0 where none says when it happened, or all are of the future. */
function lagOf(events: LockedEvent[], now: number): number {
  const ages = events.flatMap(({ json }) => {
    const time = cloudEventFacts(json)?.timeMs;
    return time == null ? [] : [now - time];
  });
  return Math.max(0, ...ages);
}
