import { idToBytes, newId } from '@nexomatic/contracts/id';
import { schedulerSources } from '@nexomatic/db/ledger/schedule-facts';
import { testDatabase } from '@nexomatic/testkit/database';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, describe, expect, test } from 'vitest';
import { getSource } from '../sources/read-sources.ts';
import { openTestHub } from '../testing/open-test-hub.ts';
import { fireDue } from './fire-due.ts';
import { scheduleHand } from './testing/schedule-hand.ts';

const database = await testDatabase();
const urls = { databaseUrl: database.url, redisUrl: await testRedis() };
const hub = await openTestHub(urls);
const otherHub = await openTestHub(urls);
afterAll(() => Promise.all([hub.close(), otherHub.close()]));
const { sql } = hub.services;

describe('a schedule that is due', () => {
  test('fires one event with its payload, as the tenant’s scheduler, with a receipt and a row for the run', async () => {
    const hand = scheduleHand(hub);
    const { id, nextDueAt } = await hand.add({ payload: '{"n":12345678901234567890}' });
    expect(nextDueAt).toBe(hand.at(1).toISOString());
    hand.goTo(1.01);
    expect(await hand.tick()).toBe(1);
    const [run] = await hand.runs(id);
    expect(run).toMatchObject({
      dueAt: nextDueAt,
      status: 'fired',
      reason: null,
      origin: 'tick',
      count: 1,
      decidedBy: null,
    });
    const event = await hub.event(run?.event?.id ?? 'evt_');
    expect(event).toMatchObject({ state: 'QUEUED', payload: '{"n":12345678901234567890}' });
    const [receipt] = await sql.query<{ kind: string; name: string; outcome: string }>(
      `SELECT s.kind, s.name, r.outcome FROM events e
         JOIN receipts r ON r.tenant_id = e.tenant_id AND r.id = e.receipt_id
         JOIN sources s ON s.tenant_id = e.tenant_id AND s.id = e.source_id AND s.id = r.source_id WHERE e.id = ?`,
      [event.id],
    );
    expect(receipt).toEqual({ kind: 'SCHEDULER', name: 'scheduler', outcome: 'accepted' });
    expect(await hand.read(id)).toMatchObject({ status: 'on', nextDueAt: hand.at(2).toISOString(), version: 1 });
  });

  test('is not looked at before its time, nor again once it has fired', async () => {
    const hand = scheduleHand(hub);
    const { id } = await hand.add();
    hand.goTo(0.99);
    expect(await hand.tick()).toBe(0);
    hand.goTo(1);
    expect(await hand.tick()).toBe(1);
    expect(await hand.tick()).toBe(0);
    expect(await hand.story(id)).toEqual(['1 fired tick']);
  });

  test('fires once when two hubs look at the same moment, again and again', async () => {
    const hand = scheduleHand(hub);
    const ids = (await Promise.all(Array.from({ length: 12 }, () => hand.add()))).map(({ id }) => id);
    for (let minute = 1; minute <= 5; minute += 1) {
      const now = hand.at(minute + 0.01);
      await Promise.all([hub, otherHub, hub, otherHub].map(({ services }) => fireDue(services, now)));
    }
    hand.goTo(5.5);
    await hand.tick();
    for (const id of ids) {
      expect(await hand.story(id)).toEqual([1, 2, 3, 4, 5].map((minute) => `${minute} fired tick`));
    }
    const [fired] = await sql.query<{ n: number }>('SELECT COUNT(*) AS n FROM events WHERE schedule_id IN (?)', [
      ids.map(idToBytes),
    ]);
    expect(fired?.n).toBe(60);
  });

  test('leaves no half of itself where the transaction breaks, and fires then', async () => {
    const hand = scheduleHand(hub);
    const { id } = await hand.add();
    hand.goTo(1.01);
    const breaking = {
      ...hand.deps,
      sql: {
        ...sql,
        transaction: <T>(work: Parameters<typeof sql.transaction<T>>[0]) =>
          sql.transaction(async (tx) => {
            await work(tx);
            // All was sent, and the hub dies before it is committed.
            await tx.query('SELECT 1');
            throw Object.assign(new Error('killed'), { code: 'ECONNRESET' });
          }),
      },
    };
    await expect(fireDue(breaking as typeof hand.deps, hand.at(1.01))).rejects.toThrow('killed');
    expect(await hand.runs(id)).toEqual([]);
    expect(await hand.read(id)).toMatchObject({ nextDueAt: hand.at(1).toISOString() });
    await hand.tick();
    expect(await hand.story(id)).toEqual(['1 fired tick']);
  });

  test('that can not be decided keeps no other from firing, and is looked at again later', async () => {
    const hand = scheduleHand(hub);
    const [bad, good] = [await hand.add(), await hand.add()];
    await sql.run("UPDATE schedules SET time_zone = 'Mars/Olympus' WHERE id = ?", [idToBytes(bad.id)]);
    hand.goTo(1.01);
    await hand.tick();
    expect(await hand.story(good.id)).toEqual(['1 fired tick']);
    expect(await hand.runs(bad.id)).toEqual([]);
    await sql.run("UPDATE schedules SET time_zone = 'UTC' WHERE id = ?", [idToBytes(bad.id)]);
    hand.goTo(2.1);
    await hand.tick();
    expect(await hand.story(bad.id)).toEqual(['1 skipped missed catch_up', '2 fired tick']);
  });

  test('fires once at its one instant, and has ended', async () => {
    const hand = scheduleHand(hub);
    const { id } = await hand.add({ kind: 'at', cron: null, at: hand.at(7.5).toISOString() });
    hand.goTo(7.51);
    await hand.tick();
    expect(await hand.story(id)).toEqual(['7.5 fired tick']);
    expect(await hand.read(id)).toMatchObject({ status: 'ended', nextDueAt: null });
  });

  test('runs between its first and its last instant alone', async () => {
    const hand = scheduleHand(hub);
    const { id } = await hand.add({ startsAt: hand.at(3).toISOString(), endsAt: hand.at(4).toISOString() });
    for (let minute = 1; minute < 7; minute += 1) {
      hand.goTo(minute + 0.01);
      await hand.tick();
    }
    expect(await hand.story(id)).toEqual(['3 fired tick', '4 fired tick']);
    expect(await hand.read(id)).toMatchObject({ status: 'ended' });
  });

  test('fires as much later as its jitter says, the same on every hub', async () => {
    const hand = scheduleHand(hub);
    const { id, nextDueAt, nextFireAt } = await hand.add({ jitterSeconds: 50 });
    const late = Date.parse(nextFireAt ?? '') - Date.parse(nextDueAt ?? '');
    expect(late).toBeGreaterThanOrEqual(0);
    expect(late).toBeLessThanOrEqual(50_000);
    hand.goTo(1 + (late - 1) / 60_000);
    await hand.tick();
    expect(await hand.runs(id)).toEqual([]);
    hand.goTo(1 + late / 60_000);
    await hand.tick();
    expect(await hand.story(id)).toEqual(['1 fired tick']);
  });

  test('counts into how late the scheduler of its tenant fires, but for what its jitter puts off and what was missed', async () => {
    const hand = scheduleHand(hub);
    // Of the schedules of other tests.
    await sql.run('UPDATE schedules SET wake_at = NULL');
    await sql.run('DELETE FROM schedule_occurrences');
    const source = (await schedulerSources(sql, [hub.tenantId])).get(hub.tenantId);
    const lag = async () => (await getSource(hub.services, hub.tenantId, source?.id ?? newId('source'))).schedulerLag;
    expect(await lag()).toBeNull();
    await hand.add({ cron: '1 * * * *' });
    const { nextFireAt } = await hand.add({ cron: '3 * * * *', jitterSeconds: 50 });
    await hand.add({ cron: '5 * * * *' });
    hand.goTo(1.005);
    await hand.tick();
    const fires = (Date.parse(nextFireAt ?? '') - hand.at(0).getTime() + 1_200) / 60_000;
    hand.goTo(fires);
    await hand.tick();
    hand.goTo(20);
    expect(await hand.tick()).toBe(1);
    expect(await lag()).toEqual({ runs: 2, medianMs: 300, maxMs: 1_200, lastFiredAt: hand.at(fires).toISOString() });
  });

  test('waits for its sink where it is pinned to one that is offline', async () => {
    const hand = scheduleHand(hub);
    const sink = await hub.addSink('away');
    const { id, pinnedSink } = await hand.add({ pinnedSinkId: sink.sinkId });
    expect(pinnedSink).toMatchObject({ name: 'away', status: 'OFFLINE' });
    hand.goTo(1.01);
    await hand.tick();
    const [run] = await hand.runs(id);
    expect(run).toMatchObject({ status: 'fired', event: { state: 'QUEUED' } });
    const [event] = await sql.query<{ pinned_sink_id: Buffer }>('SELECT pinned_sink_id FROM events WHERE id = ?', [
      idToBytes(run?.event?.id ?? 'evt_'),
    ]);
    expect(event?.pinned_sink_id).toEqual(Buffer.from(idToBytes(sink.sinkId)));
  });
});
