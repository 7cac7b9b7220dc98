import { fakeClock } from '@nexomatic/clock';
import { User } from '@nexomatic/db/entities/user';
import { queuePrefix, typeQueueName } from '@nexomatic/queue/names';
import { testDatabase } from '@nexomatic/testkit/database';
import { makePipeline, makeSinkType, makeUser } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, describe, expect, test } from 'vitest';
import { openTestWeb, signInAs } from './testing/open-test-web.ts';
import { acceptOne } from './testing/run-event.ts';

const database = await testDatabase();
const clock = fakeClock();
const web = await openTestWeb({ databaseUrl: database.url, redisUrl: await testRedis(), clock });
afterAll(() => web.close());
const pipeline = await makePipeline(database, { sinkType: { name: 'LINUX:PYTHON' } });

const user = await makeUser(database);
await database.systemEm().nativeUpdate(User, { id: user.id }, { instanceAdmin: true });
const admin = { cookie: await signInAs(web, user), 'sec-fetch-site': 'same-origin' };
const owner = { cookie: await signInAs(web, await makeUser(database, pipeline.tenant.id, 'owner')) };
const look = (path = '', headers: Record<string, string> = admin, method = 'GET') =>
  web.get(`/admin/queues${path}`, { headers, method });

interface Listed {
  queues: { name: string; displayName: string; readOnlyMode: boolean; counts: Record<string, number> }[];
}
const listed = async () => ((await (await look('/api/queues')).json()) as Listed).queues;

describe('the queue dashboard', () => {
  test.each(['', '/', '/api/queues', '/static/favicon.ico', '/queue/x'])(
    'is not there (%s) for anybody else',
    async (path) => {
      for (const headers of [owner, {}]) {
        const response = await look(path, headers);
        expect(response.status).toBe(404);
        expect(await response.json()).toMatchObject({ code: 'not_found' });
      }
    },
  );

  test('is a page for administrators of the hub that loads nothing from elsewhere', async () => {
    const response = await look();
    expect(response.status).toBe(200);
    const page = await response.text();
    expect(page).toContain('Nexomatic queues');
    expect(page).toContain('<base href="/admin/queues/"');
    expect(page).not.toMatch(/(href|src)="https?:/);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self';");
    for (const [, file] of page.matchAll(/(?:src|href)="(static\/(?:js|css)\/[^"]+)"/g)) {
      expect({ file, status: (await look(`/${file}`)).status }).toEqual({ file, status: 200 });
    }
  });

  test('shows the queue of every sink type of every tenant, with what waits in it', async () => {
    await acceptOne(web.services, pipeline);
    await web.services.relay.idle();
    const name = `${pipeline.tenant.slug}:${typeQueueName('LINUX:PYTHON')}`;
    const queue = (await listed()).find((one) => one.name === name);
    expect(queue).toMatchObject({
      displayName: `${pipeline.tenant.slug}:LINUX:PYTHON`,
      readOnlyMode: true,
      counts: { waiting: 1 },
    });
  });

  test('shows a new sink type after ten seconds at most', async () => {
    await listed();
    const { name } = await makeSinkType(database, pipeline.tenant.id);
    clock.advance(10_000);
    expect((await listed()).map(({ displayName }) => displayName)).toContain(`${pipeline.tenant.slug}:${name}`);
  });

  test.each([
    ['PUT', '/api/queues/pause'],
    ['PUT', `/api/queues/${encodeURIComponent(`${pipeline.tenant.slug}:type.LINUX~PYTHON`)}/empty`],
    ['POST', `/api/queues/${encodeURIComponent(`${pipeline.tenant.slug}:type.LINUX~PYTHON`)}/add`],
    ['PATCH', '/api/queues/x/1/delay'],
  ])('changes nothing: %s %s is refused', async (method, path) => {
    expect((await look(path, admin, method)).status).toBe(405);
  });

  test('leaves no trace in Redis of queues that were only looked at', async () => {
    const { name } = await makeSinkType(database, pipeline.tenant.id);
    clock.advance(10_000);
    await listed();
    const keys = await web.services.redis.keys(`${queuePrefix(pipeline.tenant.id)}:${typeQueueName(name)}*`);
    expect(keys).toEqual([]);
  });
});
