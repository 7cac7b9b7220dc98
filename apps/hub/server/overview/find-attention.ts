import type { Id } from '@nexomatic/contracts/id';
import { type Attention, maxCounted } from '@nexomatic/contracts/overview-api';
import { EventType } from '@nexomatic/db/entities/event-type';
import type { Sink } from '@nexomatic/db/entities/sink';
import type { SinkType } from '@nexomatic/db/entities/sink-type';
import { countQueuedByType } from '@nexomatic/db/overview-reads';
import type { EntityManager } from '@nexomatic/db/query';
import type { SqlRunner } from '@nexomatic/db/sql';

export type KnownSink = Pick<Sink, 'id' | 'name' | 'sinkTypeId' | 'status' | 'slots' | 'lastSeenAt'>;

/** Event types that are looked at; a tenant with more is told of the first. */
const maxTypes = 200;

/** What will not go on without somebody: events that nobody can run, and sinks that went away. */
export async function findAttention(
  deps: { em: EntityManager; sql: SqlRunner; tenantId: Id<'tenant'> },
  sinkTypes: Pick<SinkType, 'id' | 'name'>[],
  sinks: KnownSink[],
): Promise<Attention[]> {
  const served = new Set(sinks.filter(({ status }) => status === 'ONLINE').map(({ sinkTypeId }) => sinkTypeId));
  const unserved = sinkTypes.filter(({ id }) => !served.has(id));
  return [...(await stuck(deps, unserved)), ...sinks.filter(isGone).map(toAttention)];
}

async function stuck(
  { em, sql, tenantId }: { em: EntityManager; sql: SqlRunner; tenantId: Id<'tenant'> },
  unserved: Pick<SinkType, 'id' | 'name'>[],
): Promise<Attention[]> {
  if (unserved.length === 0) return [];
  const types = await em.find(
    EventType,
    { sinkTypeId: { $in: unserved.map(({ id }) => id) } },
    { fields: ['id', 'name', 'sinkTypeId'], limit: maxTypes, orderBy: { name: 'asc' } },
  );
  const ids = types.map(({ id }) => id);
  const queued = await countQueuedByType(sql, tenantId, ids, maxCounted + 1);
  return unserved.flatMap(({ id, name }) => {
    const waiting = types.filter((type) => type.sinkTypeId === id && queued.has(type.id));
    const count = waiting.reduce((sum, type) => sum + (queued.get(type.id) ?? 0), 0);
    if (count === 0) return [];
    const [first] = waiting;
    const which = waiting.length === 1 && first ? `of type ${first.name}` : `of ${waiting.length} types`;
    const sentence = `${countText(count)} ${which} ${count === 1 ? 'waits' : 'wait'}: no ${name} sink is online.`;
    return [{ code: 'no_sink_online', sentence, about: { id, name }, since: null }];
  });
}

function countText(count: number): string {
  if (count > maxCounted) return '1,000+ events';
  return count === 1 ? '1 event' : `${count} events`;
}

/** One that has never been online is being set up, not gone. */
const isGone = ({ status, lastSeenAt }: KnownSink): boolean => status === 'OFFLINE' && Boolean(lastSeenAt);

const toAttention = ({ id, name, lastSeenAt }: KnownSink): Attention => ({
  code: 'sink_offline',
  sentence: `The sink ${name} is offline.`,
  about: { id, name },
  since: lastSeenAt?.toISOString() ?? null,
});
