import { idToBytes } from '@nexomatic/contracts/id';
import { testDatabase } from '@nexomatic/testkit/database';
import { startPrivateRedis, type TestServer } from '@nexomatic/testkit/private-servers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestHub, type TestHub } from '../testing/open-test-hub.ts';
import { reconcileQueues } from './reconcile-queues.ts';

const database = await testDatabase();
let hub: TestHub;
let redis: TestServer;

beforeEach(async () => {
  redis = await startPrivateRedis();
  hub = await openTestHub({ databaseUrl: database.url, redisUrl: redis.url });
});
afterEach(async () => {
  await hub.close();
  await redis.discard();
});

const waiting = async () => (await hub.events()).filter(({ state }) => state === 'QUEUED').length;

async function attemptsPerEvent(): Promise<number[]> {
  const rows = await hub.services.sql.query<{ n: number }>(
    'SELECT COUNT(*) AS n FROM attempts WHERE tenant_id = ? GROUP BY event_id',
    [idToBytes(hub.tenantId)],
  );
  return rows.map(({ n }) => Number(n));
}

describe('reconciling the queues with MySQL', () => {
  it('loses none and doubles none of 1,000 waiting events when Redis is flushed', async () => {
    const eventTypeId = await hub.addEventType('flushed');
    await reconcileQueues(hub.services);
    await Promise.all(Array.from({ length: 1_000 }, () => hub.fire(eventTypeId)));
    await hub.services.relay.idle();
    await hub.services.redis.flushall();
    expect(await reconcileQueues(hub.services)).toBe(1_000);
    // Once more, as another hub might at the same moment: tickets that are there already stay single.
    await hub.services.redis.del('nx:epoch');
    await reconcileQueues(hub.services);
    const worker = hub.runSink();
    await expect.poll(waiting).toBe(0);
    await worker.close();
    expect(await attemptsPerEvent()).toEqual(Array.from({ length: 1_000 }, () => 1));
    expect((await hub.events()).every(({ state }) => state === 'SUCCESS')).toBe(true);
  });

  it('does nothing while Redis is the one that it filled', async () => {
    await reconcileQueues(hub.services);
    await hub.fire(await hub.addEventType('calm'));
    expect(await reconcileQueues(hub.services)).toBeNull();
  });

  it('keeps taking events while Redis is flushed in the middle of them', async () => {
    const eventTypeId = await hub.addEventType('busy');
    await reconcileQueues(hub.services);
    const worker = hub.runSink();
    const first = Array.from({ length: 200 }, () => hub.fire(eventTypeId));
    await Promise.all(first.slice(0, 50));
    await hub.services.redis.flushall();
    await Promise.all(first);
    await hub.services.relay.idle();
    await reconcileQueues(hub.services);
    await expect.poll(waiting).toBe(0);
    await worker.close();
    expect(await attemptsPerEvent()).toEqual(Array.from({ length: 200 }, () => 1));
  });
});
