import { fakeClock } from '@nexomatic/clock';
import { idToBytes } from '@nexomatic/contracts/id';
import { testDatabase } from '@nexomatic/testkit/database';
import { makeSinkType, makeTenant } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { seedDefinitions } from '../demo/demo-definitions.ts';
import { createReadFigures } from '../stats/read-figures.ts';
import { openTestHub, type TestHub } from '../testing/open-test-hub.ts';
import { showOverview } from './show-overview.ts';

const database = await testDatabase();
const urls = { databaseUrl: database.url, redisUrl: await testRedis() };
let hub: TestHub;
beforeEach(async () => {
  hub = await openTestHub(urls);
});
afterEach(() => hub.close());

/** As it is now: with what has been counted, and not from a moment ago. */
async function show(range: '1h' | '24h' | '7d' = '24h', seesSinks = true) {
  const { db, sql, clock, eventCounters } = hub.services;
  await eventCounters.write();
  return showOverview({ db, readFigures: createReadFigures({ sql, clock }) }, hub.tenantId, { range, seesSinks });
}

const setSink = (status: string, lastSeenAt: string | null) =>
  hub.services.sql.run('UPDATE sinks SET status = ?, last_seen_at = ? WHERE tenant_id = ?', [
    status,
    lastSeenAt,
    Buffer.from(idToBytes(hub.tenantId)),
  ]);

test('a tenant in which nothing ever happened has figures of nothing', async () => {
  const seen = await show();
  const nothing = {
    fired: 0,
    success: 0,
    warning: 0,
    error: 0,
    runP50: null,
    runP95: null,
    waitP50: null,
    waitP95: null,
  };
  expect(seen).toMatchObject({
    total: nothing,
    before: nothing,
    lastEventAt: null,
    waiting: { count: 0, more: false, oldestAt: null },
    running: { count: 0, more: false, longest: [] },
    errors: { groups: [], looked: 0 },
    attention: [],
    firstSteps: { sinkOnline: false, latestEventId: null, edited: false, ownEventType: false, demo: null },
  });
  expect(seen.steps).toHaveLength(48);
  expect(seen.steps.every(({ fired, at }) => fired === 0 && at.endsWith(':00.000Z'))).toBe(true);
});

test('what happened is counted in the step of now, by state, with its times', async () => {
  const type = await hub.addEventType('one');
  for (const state of ['SUCCESS', 'SUCCESS', 'WARNING', 'ERROR'] as const) {
    const reason = state === 'ERROR' ? ({ reason: 'exception', message: 'it broke' } as const) : {};
    await hub.report(await hub.claim(await hub.fire(type)), state, reason);
  }
  for (const range of ['1h', '24h', '7d'] as const) {
    const seen = await show(range);
    expect(seen.total).toMatchObject({ fired: 4, success: 2, warning: 1, error: 1 });
    expect(seen.total.runP50).toBeGreaterThanOrEqual(0);
    expect(seen.total.waitP95).toBeGreaterThanOrEqual(0);
    expect(seen.steps.at(-1)).toMatchObject({ fired: 4, success: 2, warning: 1, error: 1 });
    expect(seen.before).toMatchObject({ fired: 0 });
    expect(Date.parse(seen.until) - Date.parse(seen.since)).toBe(seen.steps.length * seen.stepSeconds * 1000);
  }
});

test('the period before is counted up to the same moment of it', async () => {
  const { sql, clock } = hub.services;
  const now = Math.floor(clock.now() / 1000) * 1000;
  const insert = (ms: number, n: number) =>
    sql.run(
      `INSERT INTO event_stats (tenant_id, event_type_id, slot, measure, bucket, n) VALUES (?, ?, ?, 'fired', 0, ?)`,
      [Buffer.from(idToBytes(hub.tenantId)), Buffer.alloc(16), new Date(ms), n],
    );
  const hour = 3_600_000;
  await insert(now - 23 * hour, 7);
  await insert(now - 25 * hour, 5);
  // Later in its day than it is now in this one.
  await insert(now - 24 * hour + 2 * 300_000, 100);
  await insert(now - 49 * hour, 100);
  const seen = await show();
  expect(seen.before.fired).toBe(5);
  expect([7, 107]).toContain(seen.total.fired);
});

test('what waits and what runs is told with the oldest first, and a delayed event does not wait', async () => {
  const type = await hub.addEventType('slow');
  await hub.accept({ eventTypeId: type, delaySeconds: 3_600 });
  expect((await show()).waiting).toMatchObject({ count: 1, oldestAt: null });
  const [first, second] = [await hub.fire(type), await hub.fire(type)];
  expect((await show()).waiting).toMatchObject({ count: 3, more: false });
  expect((await show()).waiting.oldestAt).toEqual(expect.any(String));
  await hub.claim(first);
  await hub.claim(second);
  const { running, sinks, waiting } = await show();
  expect(waiting.count).toBe(1);
  expect(running).toMatchObject({
    count: 2,
    longest: [{ id: first, type: 'slow', sink: 'test-sink' }, { id: second }],
  });
  expect(sinks).toMatchObject([{ name: 'test-sink', type: 'TEST', busy: 2, slots: 4 }]);
});

test('errors of the range are grouped, those before it are left out', async () => {
  const type = await hub.addEventType('failing');
  const fail = async (message: string) => {
    const id = await hub.fire(type);
    await hub.report(await hub.claim(id), 'ERROR', { reason: 'exception', message });
    return id;
  };
  const old = await fail('order 1 failed');
  await hub.services.sql.run('UPDATE events SET finished_at = finished_at - INTERVAL 2 HOUR WHERE id = ?', [
    Buffer.from(idToBytes(old)),
  ]);
  await fail('order 2 failed');
  const latest = await fail('order 3 failed');
  const groups = [{ type: 'failing', reason: 'exception', message: 'order 3 failed', latestId: latest }];
  expect((await show('1h')).errors).toMatchObject({ looked: 2, groups: [{ ...groups[0], count: 2 }] });
  expect((await show('24h')).errors).toMatchObject({ looked: 3, groups: [{ ...groups[0], count: 3 }] });
});

test('events that nobody can run, and a sink that went away, need hands', async () => {
  const type = await hub.addEventType('report.pdf');
  await hub.fire(type);
  await setSink('OFFLINE', null);
  const waits = { code: 'no_sink_online', sentence: '1 event of type report.pdf waits: no TEST sink is online.' };
  expect((await show()).attention).toMatchObject([waits]);

  await setSink('OFFLINE', '2026-11-25 10:00:00.000');
  await hub.fire(await hub.addEventType('report.csv'));
  expect((await show()).attention).toMatchObject([
    { ...waits, sentence: '2 events of 2 types wait: no TEST sink is online.' },
    { code: 'sink_offline', about: { id: hub.sink.sinkId, name: 'test-sink' }, since: '2026-11-25T10:00:00.000Z' },
  ]);

  await setSink('ONLINE', '2026-11-25 10:00:00.000');
  await makeSinkType(database, hub.tenantId, { name: 'UNUSED' });
  expect((await show()).attention).toEqual([]);
});

test('whoever may not see sinks is shown none, and still told what can not go on', async () => {
  await setSink('OFFLINE', '2026-11-25 10:00:00.000');
  await hub.fire(await hub.addEventType('report.pdf'));
  const seen = await show('24h', false);
  expect(seen.sinks).toBeNull();
  expect(seen.attention).toMatchObject([{ code: 'no_sink_online' }]);
});

test('first steps are taken one by one', async () => {
  const { db } = hub.services;
  const steps = async () => (await show()).firstSteps;
  const { receivedId } = await seedDefinitions(db.tenantEm(hub.tenantId), hub.tenantId);
  const demo = { type: 'hello.received', module: 'hello.greet' };
  expect(await steps()).toEqual({ sinkOnline: false, latestEventId: null, edited: false, ownEventType: false, demo });
  await setSink('ONLINE', '2026-11-25 10:00:00.000');
  const id = await hub.fire(receivedId);
  expect(await steps()).toMatchObject({ sinkOnline: true, latestEventId: id, edited: false });

  const own = await hub.addEventType('own');
  expect(await steps()).toMatchObject({ edited: false, ownEventType: true });
  await hub.services.sql.run('UPDATE actions SET version = 2 WHERE tenant_id = ?', [
    Buffer.from(idToBytes(hub.tenantId)),
  ]);
  expect((await steps()).edited).toBe(false);
  await hub.claim(await hub.fire(own));
  expect((await steps()).edited).toBe(true);
});

test('a tenant sees nothing of another', async () => {
  const type = await hub.addEventType('private');
  await hub.report(await hub.claim(await hub.fire(type)), 'ERROR', { reason: 'exception' });
  await hub.fire(type);
  await hub.services.eventCounters.write();
  const { db, sql, clock } = hub.services;
  const stranger = await makeTenant(database);
  const seen = await showOverview({ db, readFigures: createReadFigures({ sql, clock }) }, stranger.id, {
    range: '24h',
    seesSinks: true,
  });
  expect(seen).toMatchObject({
    total: { fired: 0, error: 0 },
    lastEventAt: null,
    waiting: { count: 0 },
    errors: { looked: 0 },
    sinks: [],
    attention: [],
  });
});

test('pages that ask soon after one another get the same figures, and newer ones a little later', async () => {
  const clock = fakeClock(hub.services.clock.now());
  const { sql, eventCounters } = hub.services;
  const read = createReadFigures({ sql, clock });
  const type = await hub.addEventType('kept');
  expect((await read(hub.tenantId, '1h')).total.fired).toBe(0);
  await hub.fire(type);
  await eventCounters.write();
  clock.advance(999);
  expect((await read(hub.tenantId, '1h')).total.fired).toBe(0);
  clock.advance(1);
  expect((await read(hub.tenantId, '1h')).total.fired).toBe(1);
});
