import { testDatabase } from '@nexomatic/testkit/database';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, expect, test } from 'vitest';
import { openTestHub } from '../testing/open-test-hub.ts';

const database = await testDatabase();
const hub = await openTestHub({ databaseUrl: database.url, redisUrl: await testRedis() });
afterAll(() => hub.close());

test('a chain fires an event type whatever kind of source may fire it from outside', async () => {
  const next = await hub.addEventType('for-schedules', { sourceKind: 'SCHEDULER' });
  const id = await hub.fire(await hub.addEventType('before-schedules', { onSuccess: next }));
  await hub.claim(id);
  await hub.report({ eventId: id, attempt: 1 }, 'SUCCESS');
  expect(await hub.events()).toContainEqual(expect.objectContaining({ type: 'for-schedules', state: 'QUEUED' }));
});

test('a result that does not pass the schema of what follows ends the chain there, and says where', async () => {
  const payloadSchema = '{"properties":{"id":{"type":"integer"}}}';
  const next = await hub.addEventType('wants-id', { payloadSchema });
  const first = await hub.addEventType('before-id', { onSuccess: next });
  for (const result of ['{"id":"seven"}', '{"id":7}']) {
    const id = await hub.fire(first);
    await hub.claim(id);
    await hub.report({ eventId: id, attempt: 1 }, 'SUCCESS', { result: { utf8: result } });
  }
  const followed = (await hub.events()).filter(({ type }) => type === 'wants-id');
  expect(followed).toMatchObject([
    { state: 'ERROR', reason: 'payload_invalid', message: 'the payload at /id must be integer', attempt: 0 },
    { state: 'QUEUED', reason: null },
  ]);
});
