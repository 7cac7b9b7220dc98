import { newUuid } from '@nexomatic/contracts/id';
import { testDatabase } from '@nexomatic/testkit/database';
import { makePipeline, sha256 } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, expect, test } from 'vitest';
import { receiveEnvelope } from '#server/ingress/receive-envelope.ts';
import { openTestWeb } from './testing/open-test-web.ts';

const database = await testDatabase();
const web = await openTestWeb({ databaseUrl: database.url, redisUrl: await testRedis(), env: { tenantRate: 1 } });
afterAll(() => web.close());

test('a tenant that sends too much is told when to come again; others, and what the edge has held, are taken', async () => {
  const [busy, quiet] = [await makePipeline(database), await makePipeline(database)];
  const send = (key: string) => web.post(`/h/${key}`, '{}');
  const answers = await Promise.all(Array.from({ length: 10 }, () => send(busy.webhookKey)));
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThanOrEqual(7);
  expect(refused[0]?.headers.get('retry-after')).toBe('1');
  expect(await refused[0]?.json()).toMatchObject({ code: 'rate_limited' });
  expect((await send(quiet.webhookKey)).status).toBe(202);

  const held = {
    ingestId: newUuid(),
    receivedAt: web.services.clock.now() - 60_000,
    sourceKeyHash: sha256(busy.webhookKey).toString('hex'),
    contentType: 'application/json',
    remoteAddress: '',
    headers: [],
    settingsVersion: '',
    secretId: null,
    held: true,
  };
  expect((await receiveEnvelope(web.services, held, Buffer.from('{}'))).kind).toBe('accepted');
});
