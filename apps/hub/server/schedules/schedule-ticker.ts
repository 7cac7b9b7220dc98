import { soonestWake } from '@nexomatic/db/ledger/schedule-rows';
import { openScheduleTick, type ScheduleTick } from '@nexomatic/queue/schedule-tick';
import { createLoop, type Loop } from '../background/loop.ts';
import type { Services } from '../services.ts';
import { fireDue } from './fire-due.ts';
import { forgetOldRuns, reconcileSchedules } from './reconcile-schedules.ts';

/** A hub that has heard no tick for so long looks by itself: Redis is away, was flushed, or other hubs get the ticks. */
const silentMs = 1_200;
/** How often it looks then: as late as this a run can be. A look that finds nothing costs a third of a millisecond. */
const watchMs = 250;
/** From one tick to the next. */
const tickMs = 1_000;
/** A timer may end a little early, and the look after it would find nothing. */
const shortestMs = 10;

/**
 * Has schedules fire: at each tick that comes to this hub, and several times a second by itself while none comes. What stands in the
 * database is mended at the start and every minute, and the ticks every few seconds.
 *
 * Ticks come by a hub's clock, and what is due is due by the database's. A look that comes before its second there is followed by
 * one at the very instant: where the database's clock is behind, or a run is put off by a part of a second, none waits for a tick.
 */
export function createScheduleTicker(services: Services): Loop {
  const { logger, clock, env } = services;
  let tick: ScheduleTick | null = null;
  let lastTick = Number.NEGATIVE_INFINITY;
  let round: Promise<void> | null = null;
  let alarm: NodeJS.Timeout | undefined;
  let stopped = false;

  async function fire(): Promise<void> {
    const now = await services.databaseTime();
    const looked = await fireDue(services, now);
    if (looked > 0) logger.debug({ schedules: looked }, 'schedules.fired');
    const soonest = await soonestWake(services.sql, now);
    const waitMs = soonest ? soonest.getTime() - now.getTime() : tickMs;
    clearTimeout(alarm);
    if (waitMs < tickMs && !stopped) alarm = setTimeout(fireLogged, Math.max(waitMs, shortestMs));
  }

  /** One round at a time: a second wish while one is under way is met by it, or by the next tick. */
  function fireOnce(): Promise<void> {
    round ??= fire().finally(() => {
      round = null;
    });
    return round;
  }

  async function onTick(): Promise<void> {
    lastTick = clock.monotonic();
    await fireLogged();
  }

  function fireLogged(): Promise<void> {
    return fireOnce().catch((error: Error) => logger.error({ error: error.message }, 'schedules.not_fired'));
  }

  async function ensureTick(): Promise<boolean> {
    if (await tick?.ensure()) logger.info({}, 'schedules.tick_made');
    return false;
  }

  async function reconcile(): Promise<boolean> {
    await reconcileSchedules(services, await services.databaseTime());
    return false;
  }

  const loops = [
    {
      name: 'schedule-watch',
      everyMs: watchMs,
      async runOnce() {
        if (clock.monotonic() - lastTick >= silentMs) await fireOnce();
        return false;
      },
    },
    { name: 'schedule-tick', everyMs: 5_000, runOnce: ensureTick },
    { name: 'schedule-reconcile', everyMs: 60_000, runOnce: reconcile },
    {
      name: 'schedule-retention',
      everyMs: 3_600_000,
      runOnce: async () => forgetOldRuns(services, await services.databaseTime()),
    },
  ].map((definition) => createLoop(definition, logger));

  return {
    start() {
      stopped = false;
      tick = openScheduleTick({ redisUrl: env.redisUrl, logger, now: clock.now, onTick });
      for (const loop of loops) loop.start();
    },
    async stop() {
      stopped = true;
      clearTimeout(alarm);
      await Promise.all(loops.map((loop) => loop.stop()));
      await tick?.close();
      await round?.catch(() => undefined);
    },
  };
}
