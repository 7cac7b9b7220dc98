import { testDatabase } from '@nexomatic/testkit/database';
import { makePipeline, makeUser } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, expect, test } from 'vitest';
import { bearer, openTestWeb, signInAs } from './testing/open-test-web.ts';
import { readEvents } from './testing/read-events.ts';

const database = await testDatabase();
const web = await openTestWeb({ databaseUrl: database.url, redisUrl: await testRedis(), recheckMs: 50 });
afterAll(() => web.close());

/** A stream of changes, and whether it has ended. */
async function follow(slug: string, headers: Record<string, string>) {
  const accept = { accept: 'text/event-stream' };
  const response = await web.get(`/trpc/events.changes?tenant=${slug}`, { headers: { ...headers, ...accept } });
  const state = { open: true };
  const ended = (async () => {
    // A cut stream ends as a broken one.
    try {
      for await (const _event of readEvents(response)) void 0;
    } catch {
      return;
    } finally {
      state.open = false;
    }
  })();
  return { response, state, ended };
}

async function member() {
  const { tenant, apiToken } = await makePipeline(database);
  const user = await makeUser(database, tenant.id, 'editor');
  const cookie = await signInAs(web, user);
  return { tenant, apiToken, user, headers: { cookie, 'sec-fetch-site': 'same-origin' } };
}

const run = (statement: string, ...ids: string[]) => database.sql.run(statement, ids);

test.each([
  [
    'is disabled',
    (user: { email: string }) => run('UPDATE users SET disabled_at = NOW(3) WHERE email = ?', user.email),
  ],
  [
    'is signed out elsewhere',
    (user: { email: string }) =>
      run('DELETE s FROM sessions s JOIN users u ON u.id = s.user_id WHERE u.email = ?', user.email),
  ],
  [
    'is removed from the tenant',
    (user: { email: string }) =>
      run('DELETE m FROM memberships m JOIN users u ON u.id = m.user_id WHERE u.email = ?', user.email),
  ],
  [
    'gets another role',
    (user: { email: string }) =>
      run("UPDATE memberships m JOIN users u ON u.id = m.user_id SET m.role = 'viewer' WHERE u.email = ?", user.email),
  ],
])('the open stream of a person who %s ends, and nobody else’s does', async (_what, shutOut) => {
  const [gone, other] = [await member(), await member()];
  const [stream, left] = [await follow(gone.tenant.slug, gone.headers), await follow(other.tenant.slug, other.headers)];
  expect(stream.response.status).toBe(200);
  await shutOut(gone.user);
  await stream.ended;
  expect(left.state.open).toBe(true);
  await left.response.body?.cancel().catch(() => undefined);
});

test('a tenant is not left by accident: a stream whose reader may still read goes on', async () => {
  const { tenant, headers } = await member();
  const stream = await follow(tenant.slug, headers);
  let asked = 0;
  for (; asked < 10; asked++) await (await web.get(`/trpc/session.me?tenant=${tenant.slug}`, { headers })).text();
  expect({ asked, open: stream.state.open }).toEqual({ asked: 10, open: true });
});

test('the open stream of a program ends when its token is revoked', async () => {
  const { tenant, apiToken } = await member();
  const stream = await follow(tenant.slug, bearer(apiToken));
  await run(
    'UPDATE api_tokens k JOIN tenants t ON t.id = k.tenant_id SET k.revoked_at = NOW(3) WHERE t.slug = ?',
    tenant.slug,
  );
  await stream.ended;
});
