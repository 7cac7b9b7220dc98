import { idToBytes } from '@nexomatic/contracts/id';
import { testDatabase } from '@nexomatic/testkit/database';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, describe, expect, test } from 'vitest';
import { systemActor } from '../auth/actor.ts';
import { getEvent } from '../events/get-event.ts';
import { openTestHub } from '../testing/open-test-hub.ts';
import { backfill, previewBackfill } from './backfill.ts';
import { deleteSchedule } from './delete-schedule.ts';
import { discardHeld, releaseHeld } from './held-runs.ts';
import { pauseSchedule } from './pause-schedule.ts';
import { runNow } from './run-schedule.ts';
import { updateSchedule } from './save-schedule.ts';
import { switchSchedule } from './switch-schedule.ts';
import { scheduleHand } from './testing/schedule-hand.ts';

const database = await testDatabase();
const hub = await openTestHub({ databaseUrl: database.url, redisUrl: await testRedis() });
afterAll(() => hub.close());
const { services, tenantId } = hub;
const ada = { ...systemActor, kind: 'user' as const, name: 'Ada' };

describe('running a schedule by hand', () => {
  test('fires it at once, paused or not, and leaves its planned runs as they are', async () => {
    const hand = scheduleHand(hub);
    const { id, name } = await hand.add({ overlap: 'skip' });
    await pauseSchedule(hand.deps, tenantId, ada, { id, note: '' });
    hand.goTo(0.5);
    const [first, second] = [await runNow(hand.deps, tenantId, ada, id), await runNow(hand.deps, tenantId, ada, id)];
    expect(second.eventId).not.toBe(first.eventId);
    expect(await hand.runs(id)).toMatchObject([
      { status: 'fired', origin: 'manual', decidedBy: 'Ada', dueAt: hand.at(0.5).toISOString() },
      { status: 'fired', origin: 'manual', decidedBy: 'Ada' },
    ]);
    expect(await hand.read(id)).toMatchObject({ status: 'paused', nextDueAt: hand.at(1).toISOString() });
    const event = await getEvent(services, tenantId, first.eventId);
    expect(event).toMatchObject({ schedule: { id, name, dueAt: first.dueAt }, source: 'scheduler' });
  });

  test('is refused with the reason where no event can come of it', async () => {
    const hand = scheduleHand(hub);
    const { id, eventTypeId } = await hand.add();
    await services.sql.run('UPDATE event_types SET enabled = FALSE WHERE id = ?', [idToBytes(eventTypeId)]);
    services.definitions.forgetAll();
    await expect(runNow(hand.deps, tenantId, ada, id)).rejects.toMatchObject({ code: 'event_type_disabled' });
    expect(await hand.runs(id)).toEqual([]);
  });
});

describe('filling a past window', () => {
  test('fires what has not fired, as many as were shown, and nothing twice', async () => {
    const hand = scheduleHand(hub);
    const { id } = await hand.add({ missed: 'skip' });
    for (const minute of [1, 5.5]) {
      hand.goTo(minute);
      await hand.tick();
    }
    const window = { id, from: hand.at(0).toISOString(), to: hand.at(5.5).toISOString() };
    const shown = await previewBackfill(hand.deps, tenantId, window);
    // The first fired, and the fifth was on time.
    expect(shown).toEqual({
      ...{ count: 4, first: hand.at(0).toISOString(), last: hand.at(4).toISOString(), alreadyFired: 2 },
    });
    await expect(backfill(hand.deps, tenantId, ada, { ...window, count: 3 })).rejects.toThrow('There are 4 now');
    const filled = await backfill(hand.deps, tenantId, ada, { ...window, count: 4 });
    expect(filled).toMatchObject({ fired: 4 });
    expect(await hand.story(id)).toEqual([
      ...[
        '0 fired backfill',
        '1 fired tick',
        '2 fired backfill',
        '3 fired backfill',
        '4 fired backfill',
        '5 fired tick',
      ],
    ]);
    expect(await previewBackfill(hand.deps, tenantId, window)).toMatchObject({ count: 0, alreadyFired: 6 });
    expect(new Set(filled.eventIds).size).toBe(4);
  });

  test('is refused for the future, and for more than can be fired at once', async () => {
    const hand = scheduleHand(hub);
    const { id } = await hand.add();
    const future = { id, from: hand.at(0).toISOString(), to: hand.at(10).toISOString() };
    await expect(previewBackfill(hand.deps, tenantId, future)).rejects.toThrow('Only the past can be filled');
    const long = { id, from: hand.at(-3_000).toISOString(), to: hand.at(0).toISOString() };
    expect(await previewBackfill(hand.deps, tenantId, long)).toMatchObject({ count: 1_001 });
    await expect(backfill(hand.deps, tenantId, ada, { ...long, count: 1_000 })).rejects.toThrow('more than 1000');
  });

  test('takes a run of the moment from the tick, which then passes it over', async () => {
    const hand = scheduleHand(hub);
    const { id } = await hand.add();
    hand.goTo(1.001);
    // The tick has not come yet; what is due fires before a person's wish is looked at.
    const window = { id, from: hand.at(1).toISOString(), to: hand.at(1.001).toISOString() };
    await expect(backfill(hand.deps, tenantId, ada, { ...window, count: 1 })).rejects.toThrow('There are 0 now');
    await hand.tick();
    expect(await hand.story(id)).toEqual(['1 fired tick']);
  });
});

describe('missed runs that are held', () => {
  const heldTwo = async () => {
    const hand = scheduleHand(hub);
    const { id } = await hand.add({ cron: '*/10 * * * *', missed: 'all' });
    hand.goTo(25);
    await hand.tick();
    return { hand, id };
  };

  test('fire when somebody releases as many as were shown', async () => {
    const { hand, id } = await heldTwo();
    await expect(releaseHeld(hand.deps, tenantId, ada, { id, count: 1 })).rejects.toThrow('There are 2 now');
    expect(await releaseHeld(hand.deps, tenantId, ada, { id, count: 2 })).toMatchObject({ fired: 2 });
    expect(await hand.story(id)).toEqual(['10 fired held', '20 fired held']);
    expect(await hand.read(id)).toMatchObject({ heldCount: 0 });
    await expect(releaseHeld(hand.deps, tenantId, ada, { id, count: 2 })).rejects.toThrow('There are 0 now');
  });

  test('are let go when somebody discards them', async () => {
    const { hand, id } = await heldTwo();
    expect(await discardHeld(hand.deps, tenantId, ada, { id, count: 2 })).toEqual({ discarded: 2 });
    expect(await hand.story(id)).toEqual(['10 skipped discarded held', '20 skipped discarded held']);
    expect(await hand.runs(id)).toMatchObject([{ decidedBy: 'Ada' }, { decidedBy: 'Ada' }]);
  });
});

describe('a change at the very instant of a run', () => {
  const edited = (schedule: Awaited<ReturnType<ReturnType<typeof scheduleHand>['add']>>, more: object) => {
    const { id, version, name, eventTypeId, timeZone, jitterSeconds, overlap, missed, missedWindowMinutes } = schedule;
    return {
      ...{ id, version, name, eventTypeId, timeZone, jitterSeconds, overlap, missed, missedWindowMinutes },
      ...{ description: '', kind: 'cron' as const, cron: '*/5 * * * *', at: null, startsAt: null, endsAt: null },
      ...{ pauseAfterFailures: null, payload: 'null', pinnedSinkId: null, enabled: true },
      ...more,
    };
  };

  test('comes after the run, which fires once, and plans the next one by what was saved', async () => {
    const hand = scheduleHand(hub);
    const schedule = await hand.add();
    hand.goTo(1.001);
    await Promise.all([hand.tick(), updateSchedule(hand.deps, tenantId, ada, edited(schedule, {}))]);
    await hand.tick();
    expect(await hand.story(schedule.id)).toEqual(['1 fired tick']);
    expect(await hand.read(schedule.id)).toMatchObject({ nextDueAt: hand.at(5).toISOString(), version: 2 });
  });

  test('fires the run also where no tick has come yet', async () => {
    const hand = scheduleHand(hub);
    const schedule = await hand.add();
    hand.goTo(1.001);
    await updateSchedule(hand.deps, tenantId, ada, edited(schedule, { cron: '0 0 1 1 *' }));
    expect(await hand.story(schedule.id)).toEqual(['1 fired tick']);
  });

  test('mends a schedule that could not be decided', async () => {
    const hand = scheduleHand(hub);
    const schedule = await hand.add();
    await services.sql.run("UPDATE schedules SET cron = 'nonsense' WHERE id = ?", [idToBytes(schedule.id)]);
    hand.goTo(1.001);
    await hand.tick();
    expect(await updateSchedule(hand.deps, tenantId, ada, edited(schedule, {}))).toMatchObject({ status: 'on' });
  });

  test('switches it off without a run after that, and on from then', async () => {
    const hand = scheduleHand(hub);
    const { id } = await hand.add({ overlap: 'queue_one' });
    for (const minute of [1, 2]) {
      hand.goTo(minute + 0.01);
      await hand.tick();
    }
    await switchSchedule(hand.deps, tenantId, ada, { id, enabled: false });
    hand.goTo(4.5);
    await hand.tick();
    expect(await hand.story(id)).toEqual(['1 fired tick', '2 skipped switched_off tick']);
    expect(await switchSchedule(hand.deps, tenantId, ada, { id, enabled: true })).toMatchObject({
      nextDueAt: hand.at(5).toISOString(),
    });
  });
});

test('a schedule is deleted with what became of its runs, and its events stay', async () => {
  const hand = scheduleHand(hub);
  const { id } = await hand.add();
  hand.goTo(1.01);
  await hand.tick();
  const [run] = await hand.runs(id);
  await deleteSchedule(hand.deps, tenantId, ada, id);
  const rows = await services.sql.query('SELECT 1 FROM schedule_occurrences WHERE schedule_id = ?', [idToBytes(id)]);
  expect(rows).toEqual([]);
  expect(await getEvent(services, tenantId, run?.event?.id ?? 'evt_')).toMatchObject({
    schedule: null,
    state: 'QUEUED',
  });
});
