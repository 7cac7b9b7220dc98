import type { Id } from '@nexomatic/contracts/id';
import type { Logger } from '@nexomatic/logger';
import type { Redis } from './connection.ts';
import { liveChannel } from './names.ts';

type EventId = Id<'event'>;
type Listener = (eventIds: EventId[]) => void;

/**
 * Tells every hub's open pages that events changed. It is a hint: a lost message means a page that is refreshed at its
 * next poll, never a wrong page, so publishing neither waits nor fails.
 */
export interface LiveBus {
  publish(changes: { tenantId: Id<'tenant'>; eventId: EventId }[]): void;
  /** Calls `listener` with changed events of that tenant until the returned function is called. */
  subscribe(tenantId: Id<'tenant'>, listener: Listener): () => void;
  close(): Promise<void>;
}

/** `subscriber` must be a connection of its own: Redis allows nothing but subscribing on it. */
export function openLiveBus(publisher: Redis, subscriber: Redis, logger: Logger): LiveBus {
  const listeners = new Map<string, Set<Listener>>();

  subscriber.on('message', (channel: string, message: string) => {
    const ids = message.split(' ') as EventId[];
    for (const listener of listeners.get(channel) ?? []) listener(ids);
  });

  function failed(error: Error): void {
    logger.debug({ error: error.message }, 'live.failed');
  }

  return {
    publish(changes) {
      if (publisher.status !== 'ready') return;
      const perTenant = Map.groupBy(changes, (change) => change.tenantId);
      for (const [tenantId, group] of perTenant) {
        const ids = new Set(group.map((change) => change.eventId));
        publisher.publish(liveChannel(tenantId), [...ids].join(' ')).catch(failed);
      }
    },
    subscribe(tenantId, listener) {
      const channel = liveChannel(tenantId);
      let group = listeners.get(channel);
      if (!group) {
        group = new Set();
        listeners.set(channel, group);
        subscriber.subscribe(channel).catch(failed);
      }
      group.add(listener);
      return () => {
        group.delete(listener);
        if (group.size > 0 || listeners.get(channel) !== group) return;
        listeners.delete(channel);
        subscriber.unsubscribe(channel).catch(failed);
      };
    },
    async close() {
      listeners.clear();
      subscriber.disconnect();
    },
  };
}
