import { idToBytes } from '@nexomatic/contracts/id';
import { testDatabase } from '@nexomatic/testkit/database';
import { freePort } from '@nexomatic/testkit/free-port';
import { startPrivateRedis } from '@nexomatic/testkit/private-servers';
import { waitFor } from '@nexomatic/testkit/wait-for';
import { afterAll, describe, expect, test } from 'vitest';
import { openTestHub } from '../testing/open-test-hub.ts';
import { reconcileSchedules } from './reconcile-schedules.ts';
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
