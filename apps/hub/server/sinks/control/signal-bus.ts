import { type Id, isId } from '@nexomatic/contracts/id';
import { type SinkRef, sinksWithOpenSignals } from '@nexomatic/db/ledger/signals';
import type { Sql } from '@nexomatic/db/sql';
import type { Logger } from '@nexomatic/logger';
import type { Redis } from '@nexomatic/queue/connection';
import type { LiveBus } from '@nexomatic/queue/live';
import { signalChannel } from '@nexomatic/queue/names';
import type { Definitions } from '../../definitions/definitions.ts';

/** Redis may lose a word; what is open in the database is found after this time all the same. */
const lookEveryMs = 2_000;

/**
 * Says which sinks are to look for what they were told: on this hub at once, on the others through Redis. The rows are the
 * truth. One look at the database serves all sinks that listen on this hub, and finds what Redis did not say.
 */
export interface SignalBus {
  /** A row was written for these sinks. `pause`: whether they take work was changed. */
  tell(sinks: SinkRef[], what: 'signal' | 'pause'): void;
  /** Calls `wake` when that sink is to look, until the returned function is called. */
  listen(sinkId: Id<'sink'>, wake: () => void): () => void;
  /** Called on every hub for each sink whose pause began or ended. */
  onPauseChanged(listener: (sinkId: Id<'sink'>) => void): void;
  close(): void;
}

interface Deps {
  publisher: Redis;
  subscriber: Redis;
  sql: Sql;
  live: Pick<LiveBus, 'publish'>;
  definitions: Pick<Definitions, 'forgetAll'>;
  logger: Logger;
}

export function createSignalBus({ publisher, subscriber, sql, live, definitions, logger }: Deps): SignalBus {
  const listening = new Map<Id<'sink'>, Set<() => void>>();
  const pauseListeners: ((sinkId: Id<'sink'>) => void)[] = [];
  const failed = (error: Error): void => logger.debug({ error: error.message }, 'signal.untold');
  let timer: NodeJS.Timeout | undefined;

  function wake(sinkId: Id<'sink'>): void {
    for (const one of listening.get(sinkId) ?? []) one();
  }

  function hear(sinkId: Id<'sink'>, what: string): void {
    if (what === 'pause') {
      definitions.forgetAll();
      for (const listener of pauseListeners) listener(sinkId);
    }
    wake(sinkId);
  }

  async function look(): Promise<void> {
    try {
      for (const sinkId of await sinksWithOpenSignals(sql)) wake(sinkId);
    } catch (error) {
      logger.debug({ error: String(error) }, 'signal.unread');
    }
    timer = listening.size > 0 ? setTimeout(() => void look(), lookEveryMs).unref() : undefined;
  }

  subscriber.subscribe(signalChannel).catch(failed);
  subscriber.on('message', (channel: string, message: string) => {
    if (channel !== signalChannel) return;
    const [what = '', ...sinkIds] = message.split(' ');
    for (const sinkId of sinkIds) if (isId('sink', sinkId)) hear(sinkId, what);
  });

  return {
    tell(sinks, what) {
      if (sinks.length === 0) return;
      for (const { sinkId } of sinks) hear(sinkId, what);
      live.publish(sinks.map(({ tenantId, sinkId }) => ({ tenantId, eventId: null, sinkId })));
      if (publisher.status !== 'ready') return;
      publisher.publish(signalChannel, [what, ...sinks.map(({ sinkId }) => sinkId)].join(' ')).catch(failed);
    },
    listen(sinkId, one) {
      const group = listening.get(sinkId) ?? new Set();
      listening.set(sinkId, group);
      group.add(one);
      timer ??= setTimeout(() => void look(), lookEveryMs).unref();
      return () => {
        group.delete(one);
        if (group.size === 0 && listening.get(sinkId) === group) listening.delete(sinkId);
      };
    },
    onPauseChanged: (listener) => void pauseListeners.push(listener),
    close() {
      listening.clear();
      clearTimeout(timer);
    },
  };
}
