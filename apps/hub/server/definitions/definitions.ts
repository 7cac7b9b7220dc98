import type { Clock } from '@nexomatic/clock';
import type { Id } from '@nexomatic/contracts/id';
import {
  type EventTypeDefinition,
  findEventType,
  findQueue,
  findSinkByTokenHash,
  findSourceByKeyHash,
  type KnownSink,
  type QueueDefinition,
  type SourceDefinition,
} from '@nexomatic/db/ledger/definitions';
import type { Sql } from '@nexomatic/db/sql';

export type {
  EventTypeDefinition,
  ParameterDefinition,
  QueueDefinition,
  SinkDefinition,
  SourceDefinition,
} from '@nexomatic/db/ledger/definitions';

/** Longest time, in milliseconds, that a change of a definition may stay unseen by the event path. */
export const definitionTtlMs = 2_000;
/** Entries kept per kind; the oldest goes first. An unknown key costs an entry, so guessing can't fill the memory. */
const maxEntries = 10_000;

/** Definitions as the event path reads them, from memory for a moment after each look-up. */
export interface Definitions {
  sourceByKeyHash(hash: Uint8Array): Promise<SourceDefinition | null>;
  eventType(tenantId: Id<'tenant'>, id: Id<'eventType'>): Promise<EventTypeDefinition | null>;
  eventTypeByName(tenantId: Id<'tenant'>, name: string): Promise<EventTypeDefinition | null>;
  queue(tenantId: Id<'tenant'>, id: Id<'sinkType'>): Promise<QueueDefinition>;
  sinkByTokenHash(hash: Uint8Array): Promise<KnownSink | null>;
  /** A definition was changed here: this hub looks everything up again. Other hubs see it after `definitionTtlMs`. */
  forgetAll(): void;
}

export function createDefinitions(sql: Sql, clock: Clock): Definitions {
  const sources = remember<SourceDefinition | null>(clock);
  const eventTypes = remember<EventTypeDefinition | null>(clock);
  const eventTypesByName = remember<EventTypeDefinition | null>(clock);
  const queues = remember<QueueDefinition>(clock);
  const sinks = remember<KnownSink | null>(clock);
  const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

  return {
    sourceByKeyHash: (hash) => sources(hex(hash), () => findSourceByKeyHash(sql, hash)),
    eventType: (tenantId, id) => eventTypes(`${tenantId} ${id}`, () => findEventType(sql, tenantId, { id })),
    eventTypeByName: (tenantId, name) =>
      eventTypesByName(`${tenantId} ${name}`, () => findEventType(sql, tenantId, { name })),
    queue: (tenantId, id) => queues(`${tenantId} ${id}`, () => findQueue(sql, tenantId, id)),
    sinkByTokenHash: (hash) => sinks(hex(hash), () => findSinkByTokenHash(sql, hash)),
    forgetAll() {
      for (const memory of [sources, eventTypes, eventTypesByName, queues, sinks]) memory.clear();
    },
  };
}

/** Remembers the promise, so that a burst of look-ups of one key is one query; a failed look-up is forgotten. */
function remember<T>(clock: Clock) {
  const entries = new Map<string, { until: number; value: Promise<T> }>();
  function look(key: string, find: () => Promise<T>): Promise<T> {
    const now = clock.monotonic();
    const entry = entries.get(key);
    if (entry && entry.until > now) return entry.value;
    entries.delete(key);
    const value = find();
    entries.set(key, { until: now + definitionTtlMs, value });
    value.catch(() => entries.delete(key));
    const [oldest] = entries.keys();
    if (entries.size > maxEntries && oldest !== undefined) entries.delete(oldest);
    return value;
  }
  return Object.assign(look, { clear: () => entries.clear() });
}
