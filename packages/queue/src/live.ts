import { type Id, idPrefixes } from '@nexomatic/contracts/id';
import type { Logger } from '@nexomatic/logger';
import type { Redis } from './connection.ts';
import { liveChannel } from './names.ts';

type EventId = Id<'event'>;
type SourceId = Id<'source'>;
type SinkId = Id<'sink'>;
type ScheduleId = Id<'schedule'>;

/** What changed: an event, a source that a request came to, a sink, a schedule, or several of them. */
export interface LiveChange {
  tenantId: Id<'tenant'>;
  eventId: EventId | null;
  sourceId?: SourceId | null;
  sinkId?: SinkId;
  scheduleId?: ScheduleId;
}

/**
 * Tells every hub's open pages that events, sinks or schedules changed and requests came. It is a hint: a lost message means a page that is
 * refreshed at its next poll, never a wrong page, so publishing neither waits nor fails.
 */
export interface LiveBus {
  publish(changes: LiveChange[]): void;
  /** Calls `listener` with changed events of that tenant until the returned function is called. */
  subscribe(tenantId: Id<'tenant'>, listener: (eventIds: EventId[]) => void): () => void;
  /** The same with sources of that tenant that requests came to. */
  subscribeToSources(tenantId: Id<'tenant'>, listener: (sourceIds: SourceId[]) => void): () => void;
  /** The same with sinks of that tenant: one of them, or a signal to it, changed. */
  subscribeToSinks(tenantId: Id<'tenant'>, listener: (sinkIds: SinkId[]) => void): () => void;
  /** The same with schedules of that tenant: a run of them was decided, or somebody changed them. */
  subscribeToSchedules(tenantId: Id<'tenant'>, listener: (scheduleIds: ScheduleId[]) => void): () => void;
  close(): Promise<void>;
}

/** `subscriber` must be a connection of its own: Redis allows nothing but subscribing on it. */
export function openLiveBus(publisher: Redis, subscriber: Redis, logger: Logger): LiveBus {
  const listeners = new Map<string, Set<(ids: string[]) => void>>();

  subscriber.on('message', (channel: string, message: string) => {
    const ids = message.split(' ');
    for (const listener of listeners.get(channel) ?? []) listener(ids);
  });

  /** Calls `listener` with those of the ids that are of that kind, and not at all where none is. */
  function subscribe<K extends 'event' | 'source' | 'sink' | 'schedule'>(
    tenantId: Id<'tenant'>,
    kind: K,
    listener: (ids: Id<K>[]) => void,
  ): () => void {
    const prefix = `${idPrefixes[kind]}_`;
    const ofKind = (ids: string[]): void => {
      const found = ids.filter((id) => id.startsWith(prefix));
      if (found.length > 0) listener(found as Id<K>[]);
    };
    const channel = liveChannel(tenantId);
    let group = listeners.get(channel);
    if (!group) {
      group = new Set();
      listeners.set(channel, group);
      subscriber.subscribe(channel).catch(failed);
    }
    const joined = group;
    joined.add(ofKind);
    return () => {
      joined.delete(ofKind);
      if (joined.size > 0 || listeners.get(channel) !== joined) return;
      listeners.delete(channel);
      subscriber.unsubscribe(channel).catch(failed);
    };
  }

  function failed(error: Error): void {
    logger.debug({ error: error.message }, 'live.failed');
  }

  return {
    publish(changes) {
      if (publisher.status !== 'ready') return;
      const perTenant = Map.groupBy(changes, (change) => change.tenantId);
      for (const [tenantId, group] of perTenant) {
        const ids = new Set<string>();
        for (const { eventId, sourceId, sinkId, scheduleId } of group) {
          if (eventId) ids.add(eventId);
          if (sourceId) ids.add(sourceId);
          if (sinkId) ids.add(sinkId);
          if (scheduleId) ids.add(scheduleId);
        }
        publisher.publish(liveChannel(tenantId), [...ids].join(' ')).catch(failed);
      }
    },
    subscribe: (tenantId, listener) => subscribe(tenantId, 'event', listener),
    subscribeToSources: (tenantId, listener) => subscribe(tenantId, 'source', listener),
    subscribeToSinks: (tenantId, listener) => subscribe(tenantId, 'sink', listener),
    subscribeToSchedules: (tenantId, listener) => subscribe(tenantId, 'schedule', listener),
    async close() {
      listeners.clear();
      subscriber.disconnect();
    },
  };
}
