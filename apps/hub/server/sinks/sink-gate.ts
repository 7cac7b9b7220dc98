import { type Id, isId } from '@nexomatic/contracts/id';
import type { Logger } from '@nexomatic/logger';
import type { Redis } from '@nexomatic/queue/connection';
import { shutOutChannel } from '@nexomatic/queue/names';
import type { Definitions } from '../definitions/definitions.ts';

/** Who was let in and is to be let in no more. */
export interface ShutOut {
  tenantId: Id<'tenant'>;
  sinkId: Id<'sink'>;
}

/**
 * Ends what a sink still has open once its credential was taken: at once on this hub, and on the others as soon as Redis has
 * told them. Without Redis they refuse it when what they remember of it ends, which is `definitionTtlMs`.
 */
export interface SinkGate {
  /** Aborts when that sink is shut out. Whatever waits for long on a sink's behalf heeds it. */
  signal(sinkId: Id<'sink'>): AbortSignal;
  /** Its credential was taken from the database. */
  shutOut(sink: ShutOut): void;
  /** Called on every hub for every sink that is shut out. */
  onShutOut(listener: (sink: ShutOut) => void): void;
}

export function createSinkGate(deps: {
  publisher: Redis;
  subscriber: Redis;
  definitions: Pick<Definitions, 'forgetAll'>;
  logger: Logger;
}): SinkGate {
  const { publisher, subscriber, definitions, logger } = deps;
  const open = new Map<Id<'sink'>, AbortController>();
  const listeners: ((sink: ShutOut) => void)[] = [];
  const failed = (error: Error): void => logger.debug({ error: error.message }, 'shut_out.untold');

  function close(sink: ShutOut): void {
    definitions.forgetAll();
    open.get(sink.sinkId)?.abort(new Error('the sink was shut out'));
    open.delete(sink.sinkId);
    for (const listener of listeners) listener(sink);
  }

  subscriber.subscribe(shutOutChannel).catch(failed);
  subscriber.on('message', (channel: string, message: string) => {
    const [tenantId = '', sinkId = ''] = message.split(' ');
    if (channel === shutOutChannel && isId('tenant', tenantId) && isId('sink', sinkId)) close({ tenantId, sinkId });
  });

  return {
    signal(sinkId) {
      const controller = open.get(sinkId) ?? new AbortController();
      open.set(sinkId, controller);
      return controller.signal;
    },
    shutOut(sink) {
      close(sink);
      if (publisher.status !== 'ready') return;
      publisher.publish(shutOutChannel, `${sink.tenantId} ${sink.sinkId}`).catch(failed);
    },
    onShutOut: (listener) => void listeners.push(listener),
  };
}
