import { systemClock } from '@nexomatic/clock';
import { type Id, idToBytes } from '@nexomatic/contracts/id';
import { createScheduleInput } from '@nexomatic/contracts/schedule-api';
import { openScheduleTick } from '@nexomatic/queue/schedule-tick';
import { testDatabase } from '@nexomatic/testkit/database';
import { freePort } from '@nexomatic/testkit/free-port';
import { startPrivateRedis } from '@nexomatic/testkit/private-servers';
import { waitFor } from '@nexomatic/testkit/wait-for';
import { afterAll, describe, expect, test } from 'vitest';
import { systemActor } from '../auth/actor.ts';
import { openTestHub } from '../testing/open-test-hub.ts';
import { getSchedule } from './read-schedules.ts';
import { forgetOldRuns, reconcileSchedules } from './reconcile-schedules.ts';
import { createSchedule } from './save-schedule.ts';
import { createScheduleTicker } from './schedule-ticker.ts';
import { scheduleHand } from './testing/schedule-hand.ts';

const database = await testDatabase();
const redis = await startPrivateRedis();
const hub = await openTestHub({ databaseUrl: database.url, redisUrl: redis.url });
afterAll(async () => {
  await hub.close();
  await redis.discard();
});
const { sql } = hub.services;

/** A ticker and a schedule of each minute; `fires` waits for its run of a minute that it is then. */
async function openTicker(redisUrl: string) {
  const hand = scheduleHand(hub);
  const { id } = await hand.add();
  const ticker = createScheduleTicker({ ...hand.deps, env: { ...hand.deps.env, redisUrl } });
  ticker.start();
  const fires = async (minute: number): Promise<void> => {
    hand.goTo(minute + 0.01);
    const fired = async () => (await hand.story(id)).at(-1) === `${minute} fired tick`;
    await waitFor(fired, { what: `the run of minute ${minute}` });
  };
  return { fires, stop: () => ticker.stop() };
}

describe('the ticker', () => {
  test('fires what is due without being asked, also when Redis has lost everything', async () => {
    const { fires, stop } = await openTicker(redis.url);
    await fires(1);
    await hub.services.redis.flushall();
    await fires(2);
    await fires(3);
    await stop();
  });

  test('fires where no tick comes, and ends, while Redis is away', async () => {
    const { fires, stop } = await openTicker(`redis://127.0.0.1:${await freePort()}`);
    await fires(1);
    await fires(2);
    await stop();
  });
});

describe('the ticker of a hub whose database’s clock is behind', () => {
  test('fires at the instant by the database’s clock, and not only when the next tick comes', async () => {
    // Ticks come from the start: while none does, a ticker looks by itself.
    const { logger, clock } = hub.services;
    const tick = openScheduleTick({ redisUrl: redis.url, logger, now: clock.now, onTick: async () => undefined });
    await hub.services.redis.flushall();
    await waitFor(() => tick.ensure(), { what: 'the ticks to be made' });
    await tick.close();
    const databaseTime = async () => new Date(systemClock.now() - 500);
    const services = { ...hub.services, databaseTime, env: { ...hub.services.env, redisUrl: redis.url } };
    const eventTypeId = await hub.addEventType('behind');
    const begin = Math.ceil(systemClock.now() / 1_000) * 1_000 + 2_000;
    const ids: Id<'schedule'>[] = [];
    for (let second = 0; second < 4; second += 1) {
      const at = new Date(begin + second * 1_000).toISOString();
      const given = { name: `behind-${second}`, eventTypeId, kind: 'at', at, enabled: true };
      const { id } = await createSchedule(services, hub.tenantId, systemActor, createScheduleInput.parse(given));
      ids.push(id);
    }
    const ticker = createScheduleTicker(services);
    ticker.start();
    const lateMs = await Promise.all(
      ids.map(async (id) => {
        const { last } = await waitFor(
          async () => {
            const schedule = await getSchedule(services, hub.tenantId, id);
            return schedule.last && schedule;
          },
          { what: 'a run' },
        );
        return Date.parse(last?.decidedAt ?? '') - Date.parse(last?.dueAt ?? '');
      }),
    );
    await ticker.stop();
    // The tick itself finds each of them due half a second late. On a busy machine single looks may be, too.
    expect(Math.min(...lateMs)).toBeLessThan(300);
  });
});

describe('what became of runs long ago', () => {
  test('is forgotten after 400 days, but for what waits for somebody', async () => {
    const hand = scheduleHand(hub);
    const { id } = await hand.add({ missed: 'all' });
    for (const minutes of [1.01, 2.01, 13]) {
      hand.goTo(minutes);
      await hand.tick();
    }
    const decided = (minute: number, days: number) =>
      sql.run('UPDATE schedule_occurrences SET decided_at = ? WHERE schedule_id = ? AND due_at = ?', [
        ...[hand.at(-days * 24 * 60), idToBytes(id), hand.at(minute)],
      ]);
    await decided(1, 400.01);
    await decided(2, 399.99);
    await decided(3, 500);
    expect((await hand.story(id)).slice(0, 3)).toEqual(['1 fired tick', '2 fired tick', '3 held catch_up']);
    expect(await forgetOldRuns(hub.services, hand.at(0))).toBe(false);
    expect((await hand.story(id)).slice(0, 2)).toEqual(['2 fired tick', '3 held catch_up']);
  });

  test('is forgotten a thousand runs at a time, until none is left', async () => {
    const hand = scheduleHand(hub);
    const { id } = await hand.add();
    hand.goTo(1.01);
    await hand.tick();
    const rows = Array.from({ length: 1_001 }, (_, i) => [
      ...[idToBytes(hub.tenantId), idToBytes(id), hand.at(-500 * 24 * 60 - i)],
      ...['skipped', 'paused', 'tick', hand.at(-500 * 24 * 60)],
    ]);
    await sql.run(
      'INSERT INTO schedule_occurrences (tenant_id, schedule_id, due_at, status, reason, origin, decided_at) VALUES ?',
      [rows],
    );
    expect(await forgetOldRuns(hub.services, hand.at(0))).toBe(true);
    expect(await forgetOldRuns(hub.services, hand.at(0))).toBe(false);
    expect(await hand.story(id)).toEqual(['1 fired tick']);
  });
});

describe('mending what stands in the database', () => {
  test('plans a schedule that is switched on and was never planned', async () => {
    const hand = scheduleHand(hub);
    const { id } = await hand.add();
    await sql.run('UPDATE schedules SET next_due_at = NULL, wake_at = NULL WHERE id = ?', [idToBytes(id)]);
    hand.goTo(10.2);
    await reconcileSchedules(hand.deps, hand.at(10.2));
    expect(await hand.read(id)).toMatchObject({ status: 'on', nextDueAt: hand.at(11).toISOString() });
  });

  test('plans none that is switched off, or has ended', async () => {
    const hand = scheduleHand(hub);
    const off = await hand.add({ enabled: false });
    const over = await hand.add({ kind: 'at', cron: null, at: hand.at(1).toISOString() });
    hand.goTo(1.01);
    await hand.tick();
    await reconcileSchedules(hand.deps, hand.at(5));
    expect(await hand.read(off.id)).toMatchObject({ status: 'off', nextDueAt: null });
    expect(await hand.read(over.id)).toMatchObject({ status: 'ended', nextDueAt: null });
  });

  test('lets a run that waits fire whose predecessor ended unheard', async () => {
    const hand = scheduleHand(hub);
    const { id } = await hand.add({ overlap: 'queue_one' });
    for (const minute of [1, 2]) {
      hand.goTo(minute + 0.01);
      await hand.tick();
    }
    await sql.run('DELETE FROM events WHERE schedule_id = ?', [idToBytes(id)]);
    hand.goTo(2.3);
    await reconcileSchedules(hand.deps, hand.at(2.3));
    await hand.tick();
    expect(await hand.story(id)).toEqual(['1 fired tick', '2 fired tick']);
  });
});
