import type { Clock } from '@nexomatic/clock';
import type { Id } from '@nexomatic/contracts/id';
import type { LogIndex } from '@nexomatic/contracts/log-index';
import { defaultLogLimits, type LogLimits, parseLogLimits } from '@nexomatic/contracts/log-limits';
import {
  findEventType,
  findLogIndex,
  findQueue,
  findSinkById,
  findSinkByTokenHash,
  findSourceByKeyHash,
  type KnownSink,
  type QueueDefinition,
  type EventTypeDefinition as StoredEventType,
} from '@nexomatic/db/ledger/definitions';
import { findLogLimits } from '@nexomatic/db/ledger/log-limits';
import type { Sql } from '@nexomatic/db/sql';
import type { Logger } from '@nexomatic/logger';
import { createPayloadCheck, type PayloadCheck } from '../event-types/payload-check.ts';
import type { Keyring } from '../keyring/keyring.ts';
import { type SourceDefinition, withSettings } from '../sources/source-definition.ts';

export type { KnownSink, ParameterDefinition, QueueDefinition, SinkDefinition } from '@nexomatic/db/ledger/definitions';
export type { SourceDefinition } from '../sources/source-definition.ts';

export interface EventTypeDefinition extends Omit<StoredEventType, 'payloadSchema'> {
  /** What is wrong with a payload by the event type's schema; null where it has none and takes every payload. */
  payloadCheck: PayloadCheck | null;
}

/** Longest time, in milliseconds, that a change of a definition may stay unseen by the event path. */
export const definitionTtlMs = 2_000;
/** Entries kept per kind; the oldest goes first. An unknown key costs an entry, so guessing can't fill the memory. */
const maxEntries = 10_000;
/** Compiled schemas kept; each is some 100 kB. */
const maxChecks = 500;

/** Definitions as the event path reads them, from memory for a moment after each look-up. */
export interface Definitions {
  sourceByKeyHash(hash: Uint8Array): Promise<SourceDefinition | null>;
  /** The same, asking the database in any case; this hub remembers what it says. */
  freshSourceByKeyHash(hash: Uint8Array): Promise<SourceDefinition | null>;
  eventType(tenantId: Id<'tenant'>, id: Id<'eventType'>): Promise<EventTypeDefinition | null>;
  eventTypeByName(tenantId: Id<'tenant'>, name: string): Promise<EventTypeDefinition | null>;
  queue(tenantId: Id<'tenant'>, id: Id<'sinkType'>): Promise<QueueDefinition>;
  sinkByTokenHash(hash: Uint8Array): Promise<KnownSink | null>;
  sinkById(tenantId: Id<'tenant'>, id: Id<'sink'>): Promise<KnownSink | null>;
  /** The same, asking the database in any case; this hub remembers what it says. */
  freshSinkById(tenantId: Id<'tenant'>, id: Id<'sink'>): Promise<KnownSink | null>;
  /** Which lines of the tenant's logs the search is to find. */
  logIndex(tenantId: Id<'tenant'>): Promise<LogIndex>;
  /** How much log of the tenant is kept. */
  logLimits(tenantId: Id<'tenant'>): Promise<LogLimits>;
  /** A definition was changed here: this hub looks everything up again. Other hubs see it after `definitionTtlMs`. */
  forgetAll(): void;
}

interface Deps {
  sql: Sql;
  clock: Clock;
  keyring: Keyring;
  logger: Logger;
}

export function createDefinitions(deps: Deps): Definitions {
  const { sql, clock } = deps;
  const sources = remember<SourceDefinition | null>(clock);
  const eventTypes = remember<EventTypeDefinition | null>(clock);
  const eventTypesByName = remember<EventTypeDefinition | null>(clock);
  const queues = remember<QueueDefinition>(clock);
  const sinks = remember<KnownSink | null>(clock);
  const sinksById = remember<KnownSink | null>(clock);
  const logIndexes = remember<LogIndex>(clock);
  const logLimits = remember<LogLimits>(clock);
  const withCheck = keepChecks();
  const sinkById: Definitions['sinkById'] = (tenantId, id) =>
    sinksById(`${tenantId} ${id}`, () => findSinkById(sql, tenantId, id));
  const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

  const findSource = async (hash: Uint8Array): Promise<SourceDefinition | null> => {
    const stored = await findSourceByKeyHash(sql, hash);
    return stored && withSettings(deps, stored);
  };

  return {
    sourceByKeyHash: (hash) => sources(hex(hash), () => findSource(hash)),
    freshSourceByKeyHash(hash) {
      sources.forget(hex(hash));
      return sources(hex(hash), () => findSource(hash));
    },
    eventType: (tenantId, id) =>
      eventTypes(`${tenantId} ${id}`, async () => withCheck(await findEventType(sql, tenantId, { id }))),
    eventTypeByName: (tenantId, name) =>
      eventTypesByName(`${tenantId} ${name}`, async () => withCheck(await findEventType(sql, tenantId, { name }))),
    queue: (tenantId, id) => queues(`${tenantId} ${id}`, () => findQueue(sql, tenantId, id)),
    sinkByTokenHash: (hash) => sinks(hex(hash), () => findSinkByTokenHash(sql, hash)),
    sinkById,
    freshSinkById(tenantId, id) {
      sinksById.forget(`${tenantId} ${id}`);
      return sinkById(tenantId, id);
    },
    logIndex: (tenantId) => logIndexes(tenantId, () => findLogIndex(sql, tenantId)),
    logLimits: (tenantId) =>
      logLimits(tenantId, async () => ({ ...defaultLogLimits, ...parseLogLimits(await findLogLimits(sql, tenantId)) })),
    forgetAll() {
      for (const memory of [sources, eventTypes, eventTypesByName, queues, sinks, sinksById, logIndexes, logLimits])
        memory.clear();
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
  return Object.assign(look, { clear: () => entries.clear(), forget: (key: string) => entries.delete(key) });
}

/** Gives event types their payload checks. One version's schema is compiled once, however often the version is looked up. */
function keepChecks() {
  const checks = new Map<string, PayloadCheck>();
  return (stored: StoredEventType | null): EventTypeDefinition | null => {
    if (!stored) return null;
    const { payloadSchema, ...eventType } = stored;
    if (payloadSchema === null) return { ...eventType, payloadCheck: null };
    const key = `${stored.id} ${stored.version}`;
    const payloadCheck = checks.get(key) ?? createPayloadCheck(payloadSchema);
    // The one used last stands last, so that the first is the one to go.
    checks.delete(key);
    checks.set(key, payloadCheck);
    const [oldest] = checks.keys();
    if (checks.size > maxChecks && oldest !== undefined) checks.delete(oldest);
    return { ...eventType, payloadCheck };
  };
}
