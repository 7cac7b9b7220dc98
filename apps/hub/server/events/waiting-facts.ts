import type { Waiting } from '@nexomatic/contracts/event-waiting';
import type { Id } from '@nexomatic/contracts/id';
import { Event } from '@nexomatic/db/entities/event';
import { EventType } from '@nexomatic/db/entities/event-type';
import { Sink } from '@nexomatic/db/entities/sink';
import { SinkType } from '@nexomatic/db/entities/sink-type';
import type { EntityManager } from '@nexomatic/db/query';
import { explainWaiting, type WaitingSink } from './explain-waiting.ts';
import type { SummaryRow } from './summaries.ts';

/** Running events that are counted at most: more than sinks of one tenant run at once. */
const maxRunning = 5_000;

/** Why each of the QUEUED events is not running; at most four statements for a page of events. */
export async function waitingOf(
  em: EntityManager,
  rows: SummaryRow[],
  now: number,
): Promise<Map<Id<'event'>, Waiting>> {
  const queued = rows.filter(({ state }) => state === 'QUEUED');
  if (queued.length === 0) return new Map();
  const types = await em.find(
    EventType,
    { id: { $in: unique(queued.map((row) => row.eventTypeId)) } },
    { fields: ['id', 'name', 'enabled', 'disabledAt', 'maxAttempts'] },
  );
  const sinkTypeIds = unique(queued.map((row) => row.sinkTypeId));
  const sinkTypes = await em.find(SinkType, { id: { $in: sinkTypeIds } }, { fields: ['id', 'name'] });
  const pinned = unique(queued.map((row) => row.pinnedSinkId)).filter((id) => id !== null && id !== undefined);
  const sinks = await em.find(
    Sink,
    { $or: [{ sinkTypeId: { $in: sinkTypeIds } }, { id: { $in: pinned } }] },
    { fields: ['id', 'name', 'sinkTypeId', 'status', 'slots'] },
  );
  const busy = await busySinks(em, sinks);
  const typeById = new Map(types.map((type) => [type.id, type]));
  const sinkTypeById = new Map(sinkTypes.map((type) => [type.id, type]));
  return new Map(
    queued.map((row) => {
      const eventType = typeById.get(row.eventTypeId) ?? null;
      const sinkType = sinkTypeById.get(row.sinkTypeId) ?? null;
      return [row.id, explainWaiting(row, { now, eventType, sinkType, sinks, busy })];
    }),
  );
}

/** How many events each online sink runs. Counted here: there are as many as slots, and the database knows no better way. */
async function busySinks(em: EntityManager, sinks: WaitingSink[]): Promise<Map<Id<'sink'>, number>> {
  const counts = new Map<Id<'sink'>, number>();
  const online = sinks.filter(({ status }) => status === 'ONLINE').map(({ id }) => id);
  if (online.length === 0) return counts;
  const running = await em.find(
    Event,
    { state: 'RUNNING', sinkId: { $in: online } },
    { fields: ['sinkId'], limit: maxRunning, indexHint: 'force index (events_by_state)' },
  );
  for (const { sinkId } of running) if (sinkId) counts.set(sinkId, (counts.get(sinkId) ?? 0) + 1);
  return counts;
}

const unique = <T>(values: T[]): T[] => [...new Set(values)];
