import { openTestWeb } from '@nexomatic/hub/http/testing/open-test-web';
import { fireDue } from '@nexomatic/hub/server/schedules/fire-due';
import { testDatabase } from '@nexomatic/testkit/database';
import { makePipeline } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { createNexomatic, type Nexomatic } from './nexomatic.ts';

const database = await testDatabase();
const web = await openTestWeb({ databaseUrl: database.url, redisUrl: await testRedis() });
afterAll(() => web.close());

let hub: Nexomatic;
let eventTypeId: Awaited<ReturnType<typeof makePipeline>>['eventType']['id'];
beforeEach(async () => {
  const pipeline = await makePipeline(database);
  hub = createNexomatic({ url: web.baseUrl, token: pipeline.apiToken });
  eventTypeId = pipeline.eventType.id;
});

/** Makes a schedule of that name, and comes too late for its next two runs. */
async function holdTwo(name: string): Promise<void> {
  const timing = { cron: '*/10 * * * *', timeZone: 'UTC', missed: 'all' as const };
  const { nextDueAt } = await hub.schedules.create({ name, eventTypeId, enabled: true, ...timing });
  await fireDue(web.services, new Date(Date.parse(nextDueAt ?? '') + 15 * 60_000));
  expect(await hub.schedules.get(name)).toMatchObject({ heldCount: 2 });
}

test('held runs are released by the number that was shown, and no other', async () => {
  await holdTwo('often');
  await expect(hub.schedules.releaseHeld('often', 1)).rejects.toMatchObject({ code: 'conflict' });
  const { fired, eventIds } = await hub.schedules.releaseHeld('often', 2);
  expect(fired).toBe(2);
  expect((await hub.events.list()).events.map(({ id }) => id).sort()).toEqual([...eventIds].sort());
});

test('held runs are discarded by the number that was shown, and fire nothing', async () => {
  await holdTwo('often');
  await expect(hub.schedules.discardHeld('often', 3)).rejects.toMatchObject({ code: 'conflict' });
  expect(await hub.schedules.discardHeld('often', 2)).toEqual({ discarded: 2 });
  expect((await hub.events.list()).events).toEqual([]);
});

test('a blackout is made, found by its name, changed in one field and deleted', async () => {
  const window = { kind: 'once' as const, from: '2088-01-01T00:00:00.000Z', until: '2088-01-02T00:00:00.000Z' };
  const { id } = await hub.blackouts.create({ name: 'Freeze', window });
  expect(await hub.blackouts.change('Freeze', { name: 'Release freeze' })).toMatchObject({ id, window, version: 2 });
  expect(await hub.blackouts.get('Release freeze')).toEqual(await hub.blackouts.get(id));
  expect(await hub.blackouts.list({ limit: 1 })).toMatchObject({ blackouts: [{ id }], nextCursor: null });
  await hub.blackouts.delete('Release freeze');
  await expect(hub.blackouts.get('Release freeze')).rejects.toMatchObject({ code: 'not_found' });
});

test('a name that two blackouts have is refused, and neither is touched', async () => {
  const window = { kind: 'weekly' as const, days: ['mon' as const], from: '22:00', until: '06:00', timeZone: 'UTC' };
  for (let i = 0; i < 2; i++) await hub.blackouts.create({ name: 'Backup', window });
  await expect(hub.blackouts.delete('Backup')).rejects.toMatchObject({ code: 'conflict' });
  expect((await hub.blackouts.list()).blackouts).toHaveLength(2);
});
