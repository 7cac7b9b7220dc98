import { testDatabase } from '@nexomatic/testkit/database';
import { makeApiToken, makePipeline } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, expect, test } from 'vitest';
import { bearer, openTestWeb } from './testing/open-test-web.ts';

const database = await testDatabase();
const web = await openTestWeb({ databaseUrl: database.url, redisUrl: await testRedis() });
afterAll(() => web.close());

const own = await makePipeline(database);
const read = async (query: string, token = own.apiToken) => {
  const response = await web.get(`/api/v1/overview${query}`, { headers: bearer(token) });
  return { status: response.status, body: await response.json() };
};

test('a program reads the figures of a range, 24 hours unless it asks for another', async () => {
  expect(await read('')).toMatchObject({
    status: 200,
    body: { range: '24h', stepSeconds: 1_800, total: { fired: 0 } },
  });
  expect((await read('?range=7d')).body.steps).toHaveLength(56);
});

test('a range that there is not is refused with the name of the field', async () => {
  expect(await read('?range=5y')).toMatchObject({
    status: 400,
    body: { code: 'bad_request', errors: [{ path: 'range' }] },
  });
});

test('a token that may read events only is shown no sinks', async () => {
  const { token } = await makeApiToken(database, own.tenant.id, { scopes: 'events.read' });
  expect((await read('', token)).body.sinks).toBeNull();
  expect((await read('')).body.sinks).toMatchObject([{ name: own.sink.name, type: own.sinkType.name, busy: 0 }]);
});
