import { type Id, idFromBytes, lowestIdAt } from '@nexomatic/contracts/id';
import { type AttemptLog, eventsWithChunks, finishedAttempts } from '@nexomatic/db/ledger/hot-logs';
import { type ArchiveKind, archiveKinds, partsOfEvents } from '@nexomatic/db/ledger/log-archives';
import type { SqlRunner } from '@nexomatic/db/sql';
import type { Clocks } from './clocks.ts';

/** Logs that go into the same object: of one kind, by one clock, finished on one day. */
export interface Batch {
  kind: ArchiveKind;
  eventTypeId: Id<'eventType'> | null;
  logs: AttemptLog[];
}

/** Events that are looked at in one go. */
const eventsAtOnce = 1_000;

export const beforeAllEvents = idFromBytes('event', new Uint8Array(16));

/**
 * Which logs of some events are to be archived, and where to look on; null: these were the last. Ids of events tell when
 * they were made, and no attempt is older than its event, so that younger events need not be looked at.
 */
export async function pickLogs(
  sql: SqlRunner,
  tenantId: Id<'tenant'>,
  clocks: Clocks,
  after: Id<'event'>,
): Promise<{ batches: Batch[]; next: Id<'event'> | null }> {
  const latest = new Date(Math.max(...archiveKinds.map((kind) => clocks.hotBefore(kind).getTime())));
  const range = { after, below: lowestIdAt('event', latest.getTime()), limit: eventsAtOnce };
  const eventIds = await eventsWithChunks(sql, tenantId, range);
  const last = eventIds.at(-1);
  if (last === undefined) return { batches: [], next: null };
  const [attempts, parts] = await Promise.all([
    finishedAttempts(sql, tenantId, eventIds, latest),
    partsOfEvents(sql, tenantId, eventIds),
  ]);
  const archived = new Set(parts.map((part) => `${part.eventId} ${part.attempt} ${part.kind}`));
  const batches = new Map<string, Batch>();
  for (const kind of archiveKinds) {
    for (const log of attempts) {
      const eventTypeId = clocks.classOf(kind, log.eventTypeId);
      if (log.finishedAt >= clocks.hotBefore(kind, eventTypeId)) continue;
      if (archived.has(`${log.eventId} ${log.attempt} ${kind}`)) continue;
      const key = `${kind} ${eventTypeId} ${log.finishedAt.toISOString().slice(0, 10)}`;
      const batch = batches.get(key) ?? { kind, eventTypeId, logs: [] };
      batch.logs.push(log);
      batches.set(key, batch);
    }
  }
  return { batches: [...batches.values()], next: eventIds.length < eventsAtOnce ? null : last };
}
