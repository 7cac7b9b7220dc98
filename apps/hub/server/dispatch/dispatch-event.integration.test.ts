import { idToBytes } from '@nexomatic/contracts/id';
import { pageQueued } from '@nexomatic/db/ledger/outbox';
import { queuePrefix, typeQueueName } from '@nexomatic/queue/names';
import { testDatabase } from '@nexomatic/testkit/database';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, describe, expect, it } from 'vitest';
import { openTestHub } from '../testing/open-test-hub.ts';
import { dispatchEvents } from './dispatch-event.ts';

const database = await testDatabase();
const urls = { databaseUrl: database.url, redisUrl: await testRedis() };

/** How many tickets each of the jobs on the queue carries once `events` have been dispatched to sinks of these slots. */
async function jobSizes(events: number, slots: number): Promise<number[]> {
  const hub = await openTestHub(urls);
  afterAll(() => hub.close());
  const { sql, queues, definitions, redis } = hub.services;
  const tenant = idToBytes(hub.tenantId);
  await sql.run(`UPDATE sinks SET status = 'ONLINE', slots = ? WHERE tenant_id = ?`, [slots, tenant]);
  const eventTypeId = await hub.addEventType('many');
  await Promise.all(Array.from({ length: events }, () => hub.fire(eventTypeId)));
  await hub.services.relay.idle();
  await redis.del(...(await redis.keys(`*${hub.tenantId}*`)));

  await dispatchEvents({ queues, definitions }, await pageQueued(sql, hub.tenantId, null, events));
  const keys = await redis.keys(`${queuePrefix(hub.tenantId)}:${typeQueueName('TEST')}:evt_*`);
  const jobs = await Promise.all(keys.map((key) => redis.hget(key, 'data')));
  return jobs.map((job) => JSON.parse(job ?? '').tickets.length);
}

describe('dispatching', () => {
  it('gives every event a job of its own where sinks run few at once', async () => {
    expect(await jobSizes(40, 4)).toEqual(Array.from({ length: 40 }, () => 1));
  });

  it('lets tickets travel together where sinks run hundreds at once, a sixteenth of a sink to a job', async () => {
    const sizes = await jobSizes(130, 256);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(130);
    expect(Math.max(...sizes)).toBe(16);
  });

  it('leaves a job for each sink to take when few events wait', async () => {
    expect(await jobSizes(6, 256)).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it('runs every event of a job that carries many exactly once', async () => {
    const hub = await openTestHub(urls);
    await hub.services.sql.run(`UPDATE sinks SET status = 'ONLINE', slots = 512 WHERE tenant_id = ?`, [
      idToBytes(hub.tenantId),
    ]);
    const eventTypeId = await hub.addEventType('together');
    const worker = hub.runSink();
    await Promise.all(Array.from({ length: 500 }, () => hub.fire(eventTypeId)));
    await expect.poll(async () => (await hub.events()).filter(({ state }) => state === 'SUCCESS').length).toBe(500);
    await worker.close();
    expect((await hub.events()).every(({ attempt }) => attempt === 1)).toBe(true);
    await hub.close();
  });
});
