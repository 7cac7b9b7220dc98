import { type Id, idToBytes, newId } from '@nexomatic/contracts/id';
import { sumCounts } from '@nexomatic/db/ledger/event-stats';
import { testDatabase } from '@nexomatic/testkit/database';
import { testRedis } from '@nexomatic/testkit/redis';
import { waitFor } from '@nexomatic/testkit/wait-for';
import { afterAll, expect, test } from 'vitest';
import { sweepDue } from '../attempts/sweep-due.ts';
import { openTestHub, type TestHub } from '../testing/open-test-hub.ts';

const urls = { databaseUrl: (await testDatabase()).url, redisUrl: await testRedis() };
const hub = await openTestHub(urls);
const { services, sink } = hub;
afterAll(() => hub.close());

const always = { since: new Date(0), until: new Date('2100-01-01'), stepSeconds: 86_400 };

/** What the database holds for a type, or for all of the tenant, by measure, whatever the slot and the duration. */
async function counted(eventTypeId: Id<'eventType'> | null, of: TestHub = hub): Promise<Record<string, number>> {
  await of.services.eventCounters.write();
  const sums = await sumCounts(of.services.sql, of.tenantId, { eventTypeId, ...always });
  const total: Record<string, number> = {};
  for (const { measure, n } of sums) total[measure] = (total[measure] ?? 0) + n;
  return total;
}

test('an event is counted when it is fired, when it starts and when it ends, and once each', async () => {
  const type = await hub.addEventType('plain');
  const id = await hub.fire(type);
  expect(await counted(type)).toEqual({ fired: 1 });
  const ticket = await hub.claim(id);
  expect(await counted(type)).toEqual({ fired: 1, wait: 1 });
  expect(await hub.report(ticket, 'SUCCESS')).toBe('recorded');
  expect(await hub.report(ticket, 'SUCCESS')).toBe('already');
  expect(await counted(type)).toEqual({ fired: 1, wait: 1, SUCCESS: 1, run: 1 });
});

test('a request that is a duplicate is not counted again', async () => {
  const type = await hub.addEventType('deduped');
  const receiptId = newId('receipt');
  expect(await hub.accept({ eventTypeId: type, receiptId })).toMatchObject({ kind: 'accepted' });
  expect(await hub.accept({ eventTypeId: type, receiptId })).toMatchObject({ kind: 'duplicate' });
  expect(await counted(type)).toEqual({ fired: 1 });
});

test('an event that is tried three times, and handed back once, is fired once and fails once', async () => {
  const type = await hub.addEventType('retried', { maxAttempts: 3 });
  const id = await hub.fire(type);
  const first = await hub.claim(id);
  expect(await services.handBack(sink, [first])).toEqual(['queued']);
  for (const attempt of [2, 3, 4]) {
    await hub.report(await hub.claim(id, attempt), 'ERROR', { reason: 'exception' });
  }
  expect((await hub.event(id)).state).toBe('ERROR');
  expect(await counted(type)).toEqual({ fired: 1, wait: 1, ERROR: 1, run: 1 });
});

test('the time of a retried event is that of its last attempt', async () => {
  const type = await hub.addEventType('slow-then-fast', { maxAttempts: 2 });
  const id = await hub.fire(type);
  await hub.report(await hub.claim(id), 'ERROR', { reason: 'exception' });
  await services.sql.run('UPDATE events SET started_at = started_at - INTERVAL 1 HOUR WHERE id = ?', [
    Buffer.from(idToBytes(id)),
  ]);
  await hub.report(await hub.claim(id, 2), 'SUCCESS');
  await services.eventCounters.write();
  const sums = await sumCounts(services.sql, hub.tenantId, { eventTypeId: type, ...always });
  const [run] = sums.filter(({ measure }) => measure === 'run');
  // Bucket 60 begins at 27 s.
  expect(run?.bucket).toBeLessThan(60);
});

test('what follows on an event is counted for its own type', async () => {
  const after = await hub.addEventType('follow-on');
  const before = await hub.addEventType('before-it', { onSuccess: after });
  await hub.report(await hub.claim(await hub.fire(before)), 'WARNING');
  expect(await counted(before)).toEqual({ fired: 1, wait: 1, WARNING: 1, run: 1 });
  expect(await counted(after)).toEqual({ fired: 1 });
});

test('an event that ends without running has no times', async () => {
  const type = await hub.addEventType('refused', { parameters: [{ key: 'x', kind: 'DATA', value: 'x' }] });
  const id = await hub.fire(type);
  await expect(hub.claim(id)).rejects.toThrow('not claimed: refused');
  expect(await counted(type)).toEqual({ fired: 1, ERROR: 1 });
});

test('an attempt whose sink was lost does not pass for a time that the module took', async () => {
  const type = await hub.addEventType('lost');
  const id = await hub.fire(type);
  await hub.claim(id);
  await services.sql.run('UPDATE events SET lease_until = NOW(3), due_at = NOW(3) WHERE id = ?', [
    Buffer.from(idToBytes(id)),
  ]);
  await waitFor(async () => (await sweepDue(services)) > 0, { what: 'the sweep of the lost attempt' });
  expect(await counted(type)).toEqual({ fired: 1, wait: 1, ERROR: 1 });
});

test('two hubs that count at the same time add up, for the type and for all types together', async () => {
  const shared = await openTestHub(urls);
  const [a, b] = [await shared.addEventType('a'), await shared.addEventType('b')];
  // The other hub serves the same tenant.
  const fire = (eventTypeId: Id<'eventType'>, via: TestHub) => via.accept({ tenantId: shared.tenantId, eventTypeId });
  const fired = Array.from({ length: 20 }, (_, i) => [fire(a, shared), fire(i % 2 ? a : b, hub)]).flat();
  await Promise.all(fired);
  await Promise.all([shared.services.eventCounters.write(), services.eventCounters.write()]);
  expect(await counted(a, shared)).toEqual({ fired: 30 });
  expect(await counted(b, shared)).toEqual({ fired: 10 });
  expect(await counted(null, shared)).toEqual({ fired: 40 });
  await shared.close();
});

test('a hub that stops writes what it has counted', async () => {
  const stopping = await openTestHub(urls);
  const type = await stopping.addEventType('last');
  await stopping.fire(type);
  await stopping.close();
  expect(await sumCounts(services.sql, stopping.tenantId, { eventTypeId: type, ...always })).toMatchObject([{ n: 1 }]);
});

test('what can not be written is kept and written the next time', async () => {
  const type = await hub.addEventType('kept');
  await hub.fire(type);
  await services.sql.run('RENAME TABLE event_stats TO event_stats_away');
  await expect(services.eventCounters.write()).rejects.toThrow('event_stats');
  await hub.fire(type);
  await services.sql.run('RENAME TABLE event_stats_away TO event_stats');
  expect(await counted(type)).toEqual({ fired: 2 });
});

test('counting costs an event no statement', async () => {
  const type = await hub.addEventType('cheap');
  const before = services.sql.statements();
  const id = await hub.fire(type);
  await hub.report(await hub.claim(id), 'SUCCESS');
  const path = services.sql.statements() - before;
  await services.eventCounters.write();
  expect(services.sql.statements() - before - path).toBe(1);
  await services.eventCounters.write();
  expect(services.sql.statements() - before - path).toBe(1);
});
