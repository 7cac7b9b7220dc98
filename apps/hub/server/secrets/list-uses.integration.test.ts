import type { Id } from '@nexomatic/contracts/id';
import { EventType } from '@nexomatic/db/entities/event-type';
import { Parameter } from '@nexomatic/db/entities/parameter';
import { Sink } from '@nexomatic/db/entities/sink';
import { noble } from '@nexomatic/sealing/noble';
import { testDatabase } from '@nexomatic/testkit/database';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestHub } from '../testing/open-test-hub.ts';
import { listSecretUses } from './list-uses.ts';
import { putSecret } from './testing/put-secret.ts';

const database = await testDatabase();
const hub = await openTestHub({ databaseUrl: database.url, redisUrl: await testRedis() });
afterAll(() => hub.close());
const { services, tenantId, sink } = hub;

beforeAll(async () => {
  const boxKey = Buffer.from(noble.newPair().publicKey);
  await services.db.tenantEm(tenantId).nativeUpdate(Sink, { id: sink.sinkId }, { boxKey });
});

const usesOf = (id: Id<'secret'>, more: { limit?: number; cursor?: Id<'audit'> } = {}) =>
  listSecretUses(services, tenantId, { id, limit: 50, ...more });
async function use(eventTypeId: Id<'eventType'>): Promise<Id<'event'>> {
  const eventId = await hub.fire(eventTypeId);
  await hub.claim(eventId);
  await services.releaseSecrets(sink, [{ eventId, attempt: 1 }], { remoteAddress: '192.0.2.1', requestId: 'req-1' });
  return eventId;
}

it('every attempt that was given a secret is listed with its sink and the version of the value, newest first', async () => {
  const id = await putSecret(services, tenantId, { name: 'USED', value: 'first-value' });
  const other = await putSecret(services, tenantId, { name: 'OTHER', value: 'other-value' });
  expect(await usesOf(id)).toEqual({ uses: [], nextCursor: null });
  const eventTypeId = await hub.addEventType('uses it', {
    parameters: [{ key: 'token', kind: 'SECRET', value: 'USED' }],
  });
  const first = await use(eventTypeId);
  await putSecret(services, tenantId, { name: 'USED', value: 'second-value' });
  const second = await use(eventTypeId);

  const told = {
    id: expect.stringMatching(/^aud_/),
    at: expect.any(String),
    eventType: 'uses it',
    attempt: 1,
    sinkId: sink.sinkId,
    sinkName: sink.name,
  };
  const [newest, oldest] = [
    { ...told, eventId: second, version: 2 },
    { ...told, eventId: first, version: 1 },
  ];
  expect(await usesOf(id)).toEqual({ uses: [newest, oldest], nextCursor: null });
  expect(await usesOf(other)).toEqual({ uses: [], nextCursor: null });

  const page = await usesOf(id, { limit: 1 });
  expect(page).toEqual({ uses: [newest], nextCursor: expect.stringMatching(/^aud_/) });
  if (page.nextCursor === null) throw new Error('there is a second page');
  expect(await usesOf(id, { limit: 1, cursor: page.nextCursor })).toEqual({ uses: [oldest], nextCursor: null });

  const em = services.db.tenantEm(tenantId);
  await em.nativeDelete(Parameter, { eventTypeId });
  await em.nativeDelete(EventType, { id: eventTypeId });
  expect((await usesOf(id)).uses.map(({ eventType }) => eventType)).toEqual([null, null]);
});
