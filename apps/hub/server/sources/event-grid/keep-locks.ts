import type { Logger } from '@nexomatic/logger';
import type { Subscription } from './open-subscription.ts';

/** Azure holds a lock for a minute unless the subscription says otherwise, which it may not make shorter. */
export const renewEveryMs = 20_000;

/** Renews locks for as long as their events are worked on. `stop` settles when no renewal is under way any more. */
export function keepLocks(
  deps: { subscription: Pick<Subscription, 'renew'>; logger: Logger; everyMs: number },
  lockTokens: string[],
): { stop(): Promise<void> } {
  let renewal = Promise.resolve();
  const timer = setInterval(() => {
    renewal = renewal.then(async () => {
      try {
        await deps.subscription.renew(lockTokens);
      } catch (error) {
        // A lock that ends is no loss: its event comes again, and is known.
        deps.logger.warn(
          { error: error instanceof Error ? error.message : String(error) },
          'event_grid_locks.unrenewed',
        );
      }
    });
  }, deps.everyMs);
  return {
    async stop() {
      clearInterval(timer);
      await renewal;
    },
  };
}
