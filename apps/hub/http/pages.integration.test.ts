import { testDatabase } from '@nexomatic/testkit/database';
import { makePipeline, makeTenant, makeUser } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, describe, expect, test } from 'vitest';
import { createLoginLink } from '#server/auth/create-login-link.ts';
import type { RemixHandler } from './load-context.ts';
import { openTestWeb, signInAs } from './testing/open-test-web.ts';

/** Stands where the built pages do, and says what it was given. */
const pages: RemixHandler = async (request, context) => {
  const { pathname, searchParams } = new URL(request.url);
  if (pathname === '/login') {
    return Response.json({ signedIn: await context.entrance.byLink(searchParams.get('token') ?? '') });
  }
  if (pathname === '/sign-out') return Response.json({}, { headers: { 'set-cookie': await context.signOut() } });
  if (pathname === '/echo') {
    return Response.json({ origin: request.headers.get('origin'), method: request.method, body: await request.text() });
  }
  if (pathname === '/fail') throw new Error('a page that fails, with a secret in its message');
  const told = {
    email: context.principal?.email ?? null,
    role: context.principal?.member?.role ?? null,
    nonce: context.cspNonce,
    requestId: context.requestId,
    events: await context.caller.events.list({}).then(
      ({ events }) => events.length,
      (error: { code?: string }) => error.code,
    ),
  };
  if (searchParams.has('html')) {
    return new Response(`<script nonce="${told.nonce}"></script>`, { headers: { 'content-type': 'text/html' } });
  }
  return Response.json(told);
};

const database = await testDatabase();
const web = await openTestWeb({ databaseUrl: database.url, redisUrl: await testRedis(), remix: pages });
afterAll(() => web.close());
const { tenant } = await makePipeline(database);

const page = async (path: string, headers: Record<string, string> = {}) =>
  (await (await web.get(path, { headers })).json()) as Record<string, unknown>;

describe('a page gets', () => {
  test('nobody, when nobody is signed in', async () => {
    expect(await page(`/t/${tenant.slug}/events`)).toMatchObject({ email: null, role: null, events: 'UNAUTHORIZED' });
  });

  test.each(['/events', '/events.data', '.data', ''])(
    'the signed-in member, and a caller for the tenant of its path (…%s)',
    async (rest) => {
      const user = await makeUser(database, tenant.id, 'viewer');
      const cookie = await signInAs(web, user);
      expect(await page(`/t/${tenant.slug}${rest}`, { cookie })).toMatchObject({
        email: user.email,
        role: 'viewer',
        events: 0,
      });
    },
  );

  test('no role and no events for a tenant that the person is no member of', async () => {
    const foreign = await makeTenant(database);
    const cookie = await signInAs(web, await makeUser(database, tenant.id));
    expect(await page(`/t/${foreign.slug}/events`, { cookie })).toMatchObject({ role: null, events: 'NOT_FOUND' });
    expect(await page('/t/no-such-tenant/events', { cookie })).toMatchObject({ role: null, events: 'NOT_FOUND' });
  });

  test('the id of its request', async () => {
    expect(await page('/', { 'x-request-id': 'my-request-1' })).toMatchObject({ requestId: 'my-request-1' });
  });
});

describe('a document', () => {
  test('may run the scripts that carry its own nonce, and no others', async () => {
    const answers = await Promise.all([web.get('/?html'), web.get('/?html')]);
    const nonces = await Promise.all(
      answers.map(async (answer) => /nonce="([^"]+)"/.exec(await answer.text())?.[1] ?? ''),
    );
    expect(nonces[0]).not.toBe(nonces[1]);
    answers.forEach((answer, i) => {
      const policy = answer.headers.get('content-security-policy') ?? '';
      expect(policy).toContain(`script-src 'nonce-${nonces[i]}' 'strict-dynamic'`);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
    });
  });

  test('is not kept by anybody in between', async () => {
    expect((await web.get('/?html')).headers.get('cache-control')).toBe('no-store');
  });
});

describe('signing in by link', () => {
  const link = async () => {
    const user = await makeUser(database, tenant.id);
    return { user, path: `/login?token=${await createLoginLink(web.services, user.id)}` };
  };

  test("sets the session's cookie", async () => {
    const { user, path } = await link();
    const response = await web.get(path);
    const cookie = response.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^nx=[A-Za-z0-9_-]{43}; Path=\/; Max-Age=604800; HttpOnly; SameSite=Lax$/);
    expect(await response.json()).toEqual({ signedIn: true });
    expect(await page('/', { cookie: cookie.split(';')[0] ?? '' })).toMatchObject({ email: user.email });
  });

  test('works once', async () => {
    const { path } = await link();
    await web.get(path);
    const again = await web.get(path);
    expect(await again.json()).toEqual({ signedIn: false });
    expect(again.headers.has('set-cookie')).toBe(false);
  });

  test('ends with signing out', async () => {
    const cookie = await signInAs(web, await makeUser(database, tenant.id));
    const headers = { cookie, 'sec-fetch-site': 'same-origin' };
    const response = await web.get('/sign-out', { method: 'POST', headers });
    expect(response.headers.get('set-cookie')).toMatch(/^nx=; Path=\/; Max-Age=0;/);
    expect(await page('/', { cookie })).toMatchObject({ email: null });
  });
});

test("an action that another site's page asks for is refused, signed in or not", async () => {
  const cookie = await signInAs(web, await makeUser(database, tenant.id));
  const senders: Record<string, string>[] = [
    { cookie, 'sec-fetch-site': 'cross-site' },
    { cookie, origin: 'https://evil.example' },
    { cookie },
    { 'sec-fetch-site': 'cross-site' },
  ];
  for (const headers of senders) {
    const response = await web.get('/sign-out', { method: 'POST', headers });
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ code: 'forbidden' });
  }
  expect(await page('/', { cookie })).not.toMatchObject({ email: null });
});

test("an action from the hub's own public address reaches its page whole, whatever host a proxy passes on", async () => {
  const headers = { origin: web.services.env.publicUrl, 'content-type': 'application/x-www-form-urlencoded' };
  const response = await web.get('/echo', { method: 'POST', headers, body: 'a=1' });
  expect(await response.json()).toEqual({ origin: null, method: 'POST', body: 'a=1' });
});

test('a page that fails is answered 500 with nothing of the failure but the request id', async () => {
  const response = await web.get('/fail', { headers: { 'x-request-id': 'my-request-2' } });
  expect(response.status).toBe(500);
  const text = await response.text();
  expect(JSON.parse(text)).toMatchObject({ code: 'internal', requestId: 'my-request-2' });
  expect(text).not.toContain('secret');
});
