import { migrate } from '@nexomatic/db/migrate';
import { makePipeline, makeUser } from '@nexomatic/testkit/factories';
import { startPrivateDatabase } from '@nexomatic/testkit/private-servers';
import { testRedis } from '@nexomatic/testkit/redis';
import { waitFor } from '@nexomatic/testkit/wait-for';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bearer, openTestWeb, signInAs } from './testing/open-test-web.ts';

let server = await startPrivateDatabase();
afterAll(() => server.discard());
const web = await openTestWeb({ databaseUrl: server.url, redisUrl: await testRedis() });
afterAll(() => web.close());
await migrate(web.services.db, { mode: 'auto' });
const { tenant, eventType, webhookKey, apiToken, sinkToken } = await makePipeline(web.services.db);
const cookie = await signInAs(web, await makeUser(web.services.db, tenant.id));
const fireInput = { type: eventType.name };

const doors: [name: string, knock: () => Promise<Response>][] = [
  ['a webhook', () => web.post(`/h/${webhookKey}`, {})],
  ['a webhook to an address that was never asked for', () => web.post(`/h/${'a'.repeat(32)}`, {})],
  ['firing over REST', () => web.post('/api/v1/events', fireInput, { headers: bearer(apiToken) })],
  ['listing over REST', () => web.get('/api/v1/events', { headers: bearer(apiToken) })],
  [
    'an API token that was never asked for',
    () => web.get('/api/v1/events', { headers: bearer(`nxt_${'b'.repeat(43)}`) }),
  ],
  ['firing over tRPC', () => web.post('/trpc/events.fire', fireInput, { headers: bearer(apiToken) })],
  [
    'a sink',
    () =>
      web.post(
        '/trpc/sink.claim',
        { tickets: [{ eventId: 'evt_01jd5y0q6vf0x9h2m7k3c8t4zr', attempt: 1 }] },
        { headers: bearer(sinkToken) },
      ),
  ],
  ['a signed-in person', () => web.get(`/api/v1/events?tenant=${tenant.slug}`, { headers: { cookie } })],
  [
    'a signed-in person over tRPC',
    () => web.get(`/trpc/events.list?tenant=${tenant.slug}&input=%7B%7D`, { headers: { cookie } }),
  ],
];

describe('while the database is gone', () => {
  beforeAll(async () => {
    // What was asked for before may be remembered; what was never asked for can't be.
    for (const [name, knock] of doors) if (!name.includes('never')) await (await knock()).arrayBuffer();
    await server.kill();
  });

  test.each(doors)('%s is answered 503, and when to come again', async (_, knock) => {
    const response = await knock();
    expect(response.status).toBe(503);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await response.text()).toContain('"code":"unavailable"');
  });

  test('the hub is alive, but not ready', async () => {
    expect((await web.get('/healthz')).status).toBe(200);
    const response = await web.get('/readyz');
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ status: 'unready', checks: { redis: 'ok' } });
  });
});

test('once the database is back, the same hub is ready and takes webhooks again', async () => {
  server = await server.startAgain();
  await waitFor(async () => (await web.get('/readyz')).ok, { what: 'the hub to be ready' });
  await waitFor(async () => (await web.post(`/h/${webhookKey}`, {})).status === 202, { what: 'a webhook to be taken' });
});
