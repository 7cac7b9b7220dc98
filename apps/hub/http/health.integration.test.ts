import { silentLogger } from '@nexomatic/logger';
import { emptySchema, testDatabase } from '@nexomatic/testkit/database';
import { freePort } from '@nexomatic/testkit/free-port';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, expect, test } from 'vitest';
import { createServer } from './server.ts';
import { openTestWeb } from './testing/open-test-web.ts';

const database = await testDatabase();
const redisUrl = await testRedis();
const web = await openTestWeb({ databaseUrl: database.url, redisUrl });
afterAll(() => web.close());

test('a hub that has all it needs is alive, ready, and says its version', async () => {
  expect(await (await web.get('/healthz')).json()).toEqual({ status: 'alive' });
  const ready = await web.get('/readyz');
  expect(ready.status).toBe(200);
  expect(await ready.json()).toEqual({ status: 'ready', checks: { database: 'ok', redis: 'ok', migrations: 'ok' } });
  expect(await (await web.get('/version')).json()).toMatchObject({
    name: 'nexomatic-hub',
    version: expect.stringMatching(/^\d/),
  });
});

test('a hub on a database without tables is alive but not ready, and says why', async () => {
  const bare = await openTestWeb({ databaseUrl: await emptySchema(), redisUrl });
  try {
    expect((await bare.get('/healthz')).status).toBe(200);
    const response = await bare.get('/readyz');
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({
      status: 'unready',
      checks: { database: 'ok', redis: 'ok', migrations: expect.stringMatching(/^\d+ migrations are not applied$/) },
    });
  } finally {
    await bare.close();
  }
});

test('a hub without Redis is alive but not ready, and the check of it ends in time', async () => {
  const noRedis = await openTestWeb({ databaseUrl: database.url, redisUrl: `redis://127.0.0.1:${await freePort()}` });
  try {
    expect((await noRedis.get('/healthz')).status).toBe(200);
    const response = await noRedis.get('/readyz');
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({
      status: 'unready',
      checks: { database: 'ok', redis: 'no answer within 2000 ms', migrations: 'ok' },
    });
  } finally {
    await noRedis.close();
  }
});

test('a port that is taken is named, with what to do', async () => {
  const port = Number(new URL(web.baseUrl).port);
  const services = { ...web.services, env: { ...web.services.env, port }, logger: silentLogger };
  await expect(createServer({ services }).listen()).rejects.toThrow(
    `port ${port} on 127.0.0.1 is taken: end what uses it, or set NEXOMATIC_PORT to another one`,
  );
});

test('an address that there is not is answered with a problem document that repeats the request id', async () => {
  const response = await web.get('/nothing', { headers: { 'x-request-id': 'my-request-1' } });
  expect(response.status).toBe(404);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(response.headers.get('x-request-id')).toBe('my-request-1');
  expect(await response.json()).toMatchObject({ code: 'not_found', requestId: 'my-request-1' });
});

test('every answer carries the security headers', async () => {
  const { headers } = await web.get('/nothing');
  expect(Object.fromEntries(headers)).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'x-frame-options': 'DENY',
    'cache-control': 'no-store',
  });
  expect(headers.get('strict-transport-security')).toBeNull();
});

test('a hub behind https tells browsers to stay there', async () => {
  const secure = await openTestWeb({
    databaseUrl: database.url,
    redisUrl,
    env: { publicUrl: 'https://nx.example.com' },
  });
  try {
    expect((await secure.get('/healthz')).headers.get('strict-transport-security')).toContain('max-age=31536000');
  } finally {
    await secure.close();
  }
});
