import { request } from 'node:http';
import { testDatabase } from '@nexomatic/testkit/database';
import { makeInvitation, makeTenant, makeUser } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLoginLink } from '#server/auth/create-login-link.ts';
import { openBuiltWeb } from './testing/open-built-web.ts';
import { signInAs } from './testing/open-test-web.ts';

/** What the pages before the sign-in answer to a browser without scripts, which posts plain forms. */
const database = await testDatabase();
const web = await openBuiltWeb({ databaseUrl: database.url, redisUrl: await testRedis() });
afterAll(() => web.close());
const password = 'correct horse battery staple';
let passwordHash: string;
beforeAll(async () => {
  passwordHash = await web.services.passwords.hash(password);
});

const post = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  web.get(path, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: { 'sec-fetch-site': 'same-origin', ...headers },
    redirect: 'manual',
  });
const person = async () => makeUser(database, (await makeTenant(database)).id, 'viewer', { passwordHash });
/** What a page says, without what changes from answer to answer. */
const said = async (response: Response) =>
  /role="alert"[^>]*>(.*?)<\/p>/s.exec(await response.text())?.[1]?.replace(/<[^>]+>/g, '');

/** The status of an answer to a form that says how long it is and has sent none of it yet. */
const statusOfAnnounced = (length: number) =>
  new Promise<number | undefined>((resolve, reject) => {
    const type = 'application/x-www-form-urlencoded';
    const headers = { 'content-type': type, 'content-length': length, 'sec-fetch-site': 'same-origin' };
    const asked = request(`${web.baseUrl}/login`, { method: 'POST', headers }, ({ statusCode }) => {
      resolve(statusCode);
      asked.destroy();
    });
    asked.on('error', reject);
    asked.flushHeaders();
  });

describe('signing in by password', () => {
  test('leads to the page that was asked for, with a session', async () => {
    const { email } = await person();
    const response = await post('/login?next=/profile', { email: ` ${email.toUpperCase()} `, password });
    expect([response.status, response.headers.get('location')]).toEqual([302, '/profile']);
    expect(response.headers.get('set-cookie')).toMatch(
      /^nx=[\w-]{43}; Path=\/; Max-Age=604800; HttpOnly; SameSite=Lax$/,
    );
  });

  test.each(['https://evil.example/', '//evil.example', '/\\evil.example'])(
    'leads to no other site: not to %s',
    async (next) => {
      const { email } = await person();
      const response = await post(`/login?${new URLSearchParams({ next })}`, { email, password });
      expect(response.headers.get('location')).toBe('/');
    },
  );

  test('answers 401 in the same words to a wrong password and to somebody whom nobody knows, and no cookie', async () => {
    const { email } = await person();
    const answers = [
      await post('/login', { email, password: 'wrong' }),
      await post('/login', { email: 'nobody@example.test', password }),
    ];
    expect(answers.map(({ status, headers }) => [status, headers.get('set-cookie')])).toEqual([
      [401, null],
      [401, null],
    ]);
    const words = await Promise.all(answers.map(said));
    expect(words[0]).toBe(
      'This address and password do not open an account here. Check both; capital letters matter in the password.',
    );
    expect(words[1]).toBe(words[0]);
  });

  test('answers 429 after too many tries, with the time to wait in words and in Retry-After', async () => {
    const { email } = await person();
    const answers: Response[] = [];
    for (let tries = 0; tries < 20; tries++) answers.push(await post('/login', { email, password: `wrong ${tries}` }));
    expect(answers.map(({ status }) => status)).toEqual([
      ...Array.from({ length: 6 }, () => 401),
      ...Array.from({ length: 14 }, () => 429),
    ]);
    const last = answers.at(-1) ?? Response.error();
    const wait = Number(last.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(30);
    expect(await said(last)).toMatch(/^Too many attempts\. Try again in \d+ seconds?\.$/);
  });

  test('answers 422 to a megabyte of password, and 413 to more than any form holds', async () => {
    const { email } = await person();
    expect((await post('/login', { email, password: 'x'.repeat(1_000_000) })).status).toBe(422);
    expect(await statusOfAnnounced(5_000_000)).toBe(413);
  });

  test('never sends a password back', async () => {
    const { email } = await person();
    const text = await (await post('/login', { email, password: 'a-wrong-one-with-a-mark' })).text();
    expect(text).toContain(email);
    expect(text).not.toContain('a-wrong-one-with-a-mark');
  });
});

describe('a form that another site’s page sends without a session', () => {
  const foreign: Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'none' },
  ];
  test.each(foreign)('signs nobody in, sets nothing up and accepts nothing (%j)', async (headers) => {
    const { id, email } = await person();
    const { token } = await makeInvitation(database, (await makeTenant(database)).id);
    const link = await createLoginLink(web.services, id);
    for (const response of [
      await post('/login', { email, password }, headers),
      await post('/login', { token: link }, headers),
      await post('/setup', { token: 'nxu_x' }, headers),
      await post(`/invite/${token}`, { name: 'Eve', password }, headers),
    ]) {
      expect([response.status, response.headers.get('set-cookie')]).toEqual([403, null]);
    }
    expect((await post('/login', { token: link })).status).toBe(302);
  });

  test('nor one that says its origin only', async () => {
    const { email } = await person();
    const body = new URLSearchParams({ email, password });
    const response = await web.get('/login', { method: 'POST', body, headers: { origin: 'https://evil.example' } });
    expect(response.status).toBe(403);
  });
});

describe('an invitation', () => {
  test('that is expired, used, revoked or unknown answers 404 in the same words', async () => {
    const { id } = await makeTenant(database);
    const past = new Date(1_700_000_000_000);
    const ways = [{ expiresAt: past }, { acceptedAt: past }, { revokedAt: past }];
    const tokens = await Promise.all(ways.map(async (given) => (await makeInvitation(database, id, given)).token));
    const pages = await Promise.all(
      [...tokens, 'nxi_unknown'].map(async (token) => {
        const response = await web.get(`/invite/${token}`);
        const main = /<main.*<\/main>/s.exec(await response.text())?.[0];
        return [response.status, main];
      }),
    );
    expect(pages[0]?.[0]).toBe(404);
    expect(pages[0]?.[1]).toContain('This invitation no longer works');
    for (const page of pages) expect(page).toEqual(pages[0]);
  });

  test('answers 422 to a password that can not be used, and 302 into the tenant to one that can', async () => {
    const tenant = await makeTenant(database);
    const { token } = await makeInvitation(database, tenant.id);
    expect((await post(`/invite/${token}`, { name: 'Grace', password: 'short' })).status).toBe(422);
    expect((await post(`/invite/${token}`, { name: 'Grace', password: 'password1' })).status).toBe(422);
    const response = await post(`/invite/${token}`, { name: 'Grace', password });
    expect([response.status, response.headers.get('location')]).toEqual([302, `/t/${tenant.slug}`]);
    expect(response.headers.get('set-cookie')).toMatch(/^nx=/);
  });

  test('is not accepted by somebody who is signed in as another person', async () => {
    const { token, invitation } = await makeInvitation(database, (await makeTenant(database)).id);
    const cookie = await signInAs(web, await person());
    const response = await post(`/invite/${token}`, { as: 'myself' }, { cookie });
    expect(response.headers.get('location')).toBe(`/invite/${token}`);
    expect(await (await web.get(`/invite/${token}`, { headers: { cookie } })).text()).toContain(invitation.email);
  });
});

test('a hub that somebody has leads from the setup to the sign-in, whatever the link', async () => {
  await person();
  const response = await web.get('/setup?token=nxu_x', { redirect: 'manual' });
  expect([response.status, response.headers.get('location')]).toEqual([302, '/login']);
});
