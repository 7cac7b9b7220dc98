import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { testDatabase } from '@nexomatic/testkit/database';
import { makeUser } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, describe, expect, test } from 'vitest';
import { createLoginLink } from '#server/auth/create-login-link.ts';
import { openBuiltWeb } from './testing/open-built-web.ts';
import { signInAs } from './testing/open-test-web.ts';
import { makeWorld } from './testing/procedure-cases/procedure-case.ts';

/** A hub that the world reaches by https, and one address of every kind that it answers. */
const database = await testDatabase();
const env = { publicUrl: 'https://nx.example.test' };
const web = await openBuiltWeb({ databaseUrl: database.url, redisUrl: await testRedis(), env });
afterAll(() => web.close());
const { tenant, event } = await makeWorld(database, web);
const cookie = await signInAs(web, await makeUser(database, tenant.id, 'owner', { instanceAdmin: true }));
const signedIn = { cookie, 'sec-fetch-site': 'same-origin' };
const [script = ''] = readdirSync(fileURLToPath(new URL('../build/client/assets', import.meta.url))).filter((name) =>
  name.endsWith('.js'),
);

const ask = async (path: string, headers: Record<string, string> = signedIn) => {
  const response = await web.get(path, { headers, redirect: 'manual', signal: AbortSignal.timeout(20_000) });
  return { status: response.status, headers: Object.fromEntries(response.headers), response };
};
const home = `/t/${tenant.slug}`;
const ofTenant = `tenant=${tenant.slug}`;

const pages: [string, string, number][] = [
  ['a page', `${home}/events`, 200],
  ['a page of the administration', '/admin', 200],
  ['a page that is not there', `${home}/nothing-here`, 404],
  ["a stranger's page", '/t/nobody/events', 404],
  ['a public page', '/errors', 200],
  ['the sign-in', '/login?token=nxl_unknown', 200],
];
const answers: [string, string, number][] = [
  ['data of a page', `${home}/events.data`, 200],
  ['a redirect', '/', 302],
  ['a procedure', '/trpc/session.me', 200],
  ['a refusal of a procedure', '/trpc/events.get', 404],
  ['an address of REST', `/api/v1/events?${ofTenant}`, 200],
  ['a refusal of REST', '/api/v1/events', 404],
  ['an address that REST has not', '/api/v1/nothing', 404],
  ['a download', `/api/v1/events/${event.id}/payload?${ofTenant}`, 200],
  ['an export', `/api/v1/events/export?${ofTenant}`, 200],
  ['the log of an attempt', `${home}/events/${event.id}/attempts/1/log`, 200],
  ['the OpenAPI document', '/api/openapi.json', 200],
  ['the queue dashboard', '/admin/queues', 200],
  ['data of the queue dashboard', '/admin/queues/api/queues', 200],
  ['the readiness', '/readyz', 200],
];

const everywhere = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
};

test.each([...pages, ...answers])(
  '%s carries what browsers hold on to, and is kept by nobody',
  async (_, path, status) => {
    const answer = await ask(path);
    await answer.response.body?.cancel();
    expect(answer).toMatchObject({ status, headers: { ...everywhere, 'cache-control': 'no-store' } });
  },
);

test('a stream carries the same, and its parts are not put together on their way', async () => {
  const { status, headers, response } = await ask(`/trpc/events.changes?${ofTenant}`);
  await response.body?.cancel();
  expect(status).toBe(200);
  expect(headers).toMatchObject({ ...everywhere, 'cache-control': 'no-cache, no-transform' });
});

test('a file of the build carries the same, and is kept for good', async () => {
  const { status, headers } = await ask(`/assets/${script}`);
  expect(status).toBe(200);
  expect(headers).toMatchObject({ ...everywhere, 'cache-control': 'public, max-age=31536000, immutable' });
});

describe.each(pages)('%s', (_, path) => {
  test('runs the scripts that carry its nonce, and no others', async () => {
    const { headers, response } = await ask(path);
    const policy = headers['content-security-policy'] ?? '';
    const directives = new Map(
      policy.split('; ').map((directive) => [directive.split(' ')[0], directive.split(' ').slice(1).join(' ')]),
    );
    const scripts = [...(await response.text()).matchAll(/<script\b([^>]*)>/g)].map(
      ([, attributes = '']) => attributes,
    );
    const nonce = /^'nonce-([^']+)' 'strict-dynamic'$/.exec(directives.get('script-src') ?? '')?.[1];
    expect(nonce).toMatch(/^[A-Za-z0-9+/]{22}==$/);
    expect(scripts.length).toBeGreaterThan(0);
    expect(scripts.filter((attributes) => !attributes.includes(`nonce="${nonce}"`))).toEqual([]);
    expect(Object.fromEntries(directives)).toMatchObject({
      'default-src': "'none'",
      'style-src': `'self' 'nonce-${nonce}'`,
      'connect-src': "'self'",
      'base-uri': "'none'",
      'form-action': "'self'",
      'frame-ancestors': "'none'",
    });
  });
});

test('the queue dashboard runs no script that stands in its page', async () => {
  const { headers } = await ask('/admin/queues');
  expect(headers['content-security-policy']).toContain("script-src 'self';");
});

test('a session over https is kept in a cookie that no other host and no script gets at', async () => {
  const token = await createLoginLink(web.services, (await makeUser(database, tenant.id)).id);
  const response = await web.get('/login', {
    method: 'POST',
    headers: { origin: env.publicUrl },
    body: new URLSearchParams({ token }),
    redirect: 'manual',
  });
  expect(response.headers.get('set-cookie')).toMatch(
    /^__Host-nx=[A-Za-z0-9_-]{43}; Path=\/; Max-Age=604800; HttpOnly; SameSite=Lax; Secure$/,
  );
});
