import { fakeClock, systemClock } from '@nexomatic/clock';
import { testDatabase } from '@nexomatic/testkit/database';
import { makeInvitation, makeTenant, makeUser } from '@nexomatic/testkit/factories';
import { freePort } from '@nexomatic/testkit/free-port';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { type Account, startProvider } from '#server/auth/single-sign-on/testing/start-provider.ts';
import type { RemixHandler } from './load-context.ts';
import { cookieJar } from './testing/cookie-jar.ts';
import { openTestWeb } from './testing/open-test-web.ts';

/** The hub's flow with a real provider; in place of the built pages stands what their loaders do. */
const pages: RemixHandler = async (request, { entrance, principal }) => {
  const url = new URL(request.url);
  const [, provider = '', callback] = /^\/login\/oidc\/([^/]+)(\/callback)?$/.exec(url.pathname) ?? [];
  if (provider && callback) {
    const outcome = await entrance.finishSso(provider, url.search);
    const to =
      outcome?.kind === 'signed_in'
        ? `/done?joined=${outcome.joined}&next=${outcome.next}`
        : `/done?${outcome?.reason}`;
    return new Response(null, { status: 302, headers: { location: to } });
  }
  if (provider) {
    const begun = await entrance.beginSso(provider, url.searchParams.get('next'));
    if (begun?.kind !== 'begun') return Response.json(begun);
    return new Response(null, { status: 302, headers: { location: begun.url } });
  }
  return Response.json({
    email: principal?.email ?? null,
    name: principal?.name,
    tenants: principal?.memberships.map(({ slug, role }) => [slug, role]),
  });
};

const port = await freePort();
const publicUrl = `http://127.0.0.1:${port}`;
const provider = await startProvider(`${publicUrl}/login/oidc/test/callback`);
const database = await testDatabase();
const clock = { ...fakeClock(systemClock.now()) };
const { issuer, clientId, clientSecret } = provider;
const ssoProviders = [
  { id: 'test', label: 'Test', issuer, clientId, clientSecret },
  { id: 'away', label: 'Away', issuer: 'http://127.0.0.1:1', clientId, clientSecret },
];
const web = await openTestWeb({
  databaseUrl: database.url,
  redisUrl: await testRedis(),
  remix: pages,
  clock,
  env: { port, publicUrl, ssoProviders },
});
afterAll(async () => {
  await web.close();
  await provider.close();
});

let number = 0;
/** Somebody whom nobody has seen yet. */
const newAccount = (more: Partial<Account> = {}): Account => {
  number += 1;
  return {
    sub: `subject-${number}`,
    email: `person-${number}@example.test`,
    email_verified: true,
    name: `Person ${number}`,
    ...more,
  };
};

const isDone = (url: URL) => url.pathname === '/done';
const begin = `${publicUrl}/login/oidc/test?next=/t/x/events`;

/** Goes the whole way in a browser of its own; gives what the callback decided and who is signed in then. */
async function signIn(account: Account | null, browser = cookieJar()) {
  provider.account = account;
  const { search } = await browser.follow(begin, isDone);
  const who = (await (await browser.open(`${publicUrl}/`)).json()) as {
    email: string | null;
    name?: string;
    tenants?: unknown;
  };
  return { outcome: search, who };
}

const rows = (query: string, ...params: string[]) => database.sql.query<Record<string, unknown>>(query, params);
const identitiesOf = (email: string) =>
  rows('SELECT i.issuer, i.subject FROM user_identities i JOIN users u ON u.id = i.user_id WHERE u.email = ?', email);

beforeEach(() => {
  provider.account = null;
});

describe('somebody who is let in', () => {
  test('has an account of the verified address: it is linked, and from then on known by issuer and subject alone', async () => {
    const account = newAccount();
    const tenant = await makeTenant(database);
    await makeUser(database, tenant.id, 'editor', { email: account.email ?? '' });
    const { outcome, who } = await signIn(account);
    expect(outcome).toBe('?joined=null&next=/t/x/events');
    expect(who).toMatchObject({ email: account.email, tenants: [[tenant.slug, 'editor']] });
    expect(await identitiesOf(account.email ?? '')).toEqual([{ issuer, subject: account.sub }]);

    const moved = { ...account, email: 'another.address@example.test', email_verified: false };
    expect((await signIn(moved)).who.email).toBe(account.email);
    expect(await rows('SELECT action FROM instance_audit_entries WHERE after LIKE ?', `%${account.sub}"%`)).toEqual([
      { action: 'user.identity_linked' },
    ]);
    expect(
      await rows(
        'SELECT method FROM sessions s JOIN users u ON u.id = s.user_id WHERE u.email = ?',
        account.email ?? '',
      ),
    ).toEqual([{ method: 'sso' }, { method: 'sso' }]);
  });

  test('or was invited under it: an account is made, without a password, and every open invitation accepted', async () => {
    const account = newAccount({ email: 'Mixed.Case@Example.test' });
    const [first, second] = [await makeTenant(database), await makeTenant(database)];
    await makeInvitation(database, first.id, { email: 'mixed.case@example.test', role: 'operator' });
    await makeInvitation(database, second.id, { email: 'mixed.case@example.test', role: 'viewer' });
    const { outcome, who } = await signIn(account);
    expect(outcome).toMatch(new RegExp(`^\\?joined=(${first.slug}|${second.slug})&`));
    expect(who).toMatchObject({ email: 'mixed.case@example.test', name: account.name });
    expect(who.tenants).toEqual(
      expect.arrayContaining([
        [first.slug, 'operator'],
        [second.slug, 'viewer'],
      ]),
    );
    expect(await rows('SELECT password_hash FROM users WHERE email = ?', 'mixed.case@example.test')).toEqual([
      { password_hash: null },
    ]);
  });

  test('is called by the address when the provider tells no name that can be shown', async () => {
    const account = newAccount({ name: '\u202eevil' });
    await makeInvitation(database, (await makeTenant(database)).id, { email: account.email ?? '' });
    expect((await signIn(account)).who.name).toBe(account.email?.split('@')[0]);
  });
});

describe('nobody is let in', () => {
  test('whom nobody invited, and no account is made', async () => {
    const account = newAccount();
    expect(await signIn(account)).toMatchObject({ outcome: '?uninvited', who: { email: null } });
    expect(await rows('SELECT id FROM users WHERE email = ?', account.email ?? '')).toEqual([]);
  });

  test.each(['expired', 'revoked', 'suspended'])('by an invitation that is %s', async (how) => {
    const account = newAccount();
    const tenant = await makeTenant(database, how === 'suspended' ? { suspendedAt: new Date(clock.now()) } : {});
    const given =
      how === 'expired'
        ? { expiresAt: new Date(clock.now() - 1) }
        : how === 'revoked'
          ? { revokedAt: new Date(clock.now()) }
          : {};
    await makeInvitation(database, tenant.id, { email: account.email ?? '', ...given });
    expect((await signIn(account)).outcome).toBe('?uninvited');
  });

  test.each([
    ['an unverified address', { email_verified: false }],
    ['an address of which the provider says nothing', { email_verified: undefined }],
    ['no address', { email: undefined }],
    ['an address that is none', { email: 'nonsense' }],
  ])('with %s, although somebody of it has an account', async (_what, more) => {
    const account = newAccount();
    const user = await makeUser(database, undefined, 'owner', { email: account.email ?? '' });
    const given = { ...account, ...more };
    expect(await signIn(given as Account)).toMatchObject({ outcome: '?unverified', who: { email: null } });
    expect(await identitiesOf(user.email)).toEqual([]);
  });

  test('who is disabled, linked before or not', async () => {
    const [linked, unlinked] = [newAccount(), newAccount()];
    for (const { email } of [linked, unlinked]) await makeUser(database, undefined, 'owner', { email: email ?? '' });
    await signIn(linked);
    await database.sql.run('UPDATE users SET disabled_at = NOW(3) WHERE email IN (?, ?)', [
      linked.email ?? '',
      unlinked.email ?? '',
    ]);
    expect(await signIn(linked)).toMatchObject({ outcome: '?disabled', who: { email: null } });
    expect(await signIn(unlinked)).toMatchObject({ outcome: '?disabled', who: { email: null } });
    expect(await identitiesOf(unlinked.email ?? '')).toEqual([]);
  });

  test('who calls it off at the provider', async () => {
    expect(await signIn(null)).toMatchObject({ outcome: '?failed', who: { email: null } });
  });
});

describe('an answer of the provider', () => {
  /** Goes as far as the callback, and gives its address without opening it. */
  async function answered() {
    const account = newAccount();
    await makeUser(database, undefined, 'owner', { email: account.email ?? '' });
    provider.account = account;
    const browser = cookieJar();
    const callback = await browser.follow(begin, ({ pathname }) => pathname.endsWith('/callback'));
    return { browser, callback };
  }
  const outcomeAt = async (browser: ReturnType<typeof cookieJar>, url: URL) =>
    (await browser.follow(url.href, isDone)).search;

  test('is good once', async () => {
    const { browser, callback } = await answered();
    const state = browser.cookie(publicUrl, 'nx-sso') ?? '';
    expect(await outcomeAt(browser, callback)).toMatch(/^\?joined/);
    expect(browser.cookie(publicUrl, 'nx-sso')).toBeUndefined();
    browser.setCookie(publicUrl, 'nx-sso', state);
    expect(await outcomeAt(browser, callback)).toBe('?failed');
  });

  test('is good in the browser alone that asked for it: nobody is signed in by a link to it', async () => {
    const { callback } = await answered();
    expect(await outcomeAt(cookieJar(), callback)).toBe('?expired');
    const other = await answered();
    expect(await outcomeAt(other.browser, callback)).toBe('?failed');
  });

  test('with another state is refused', async () => {
    const { browser, callback } = await answered();
    callback.searchParams.set('state', 'forged');
    expect(await outcomeAt(browser, callback)).toBe('?failed');
  });

  test.each(['state', 'nonce', 'codeVerifier', 'next'])(
    'is refused when the %s in the cookie was changed',
    async (field) => {
      const { browser, callback } = await answered();
      const [body = '', mac = ''] = (browser.cookie(publicUrl, 'nx-sso') ?? '').split('.');
      const state = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, string>;
      const forged = Buffer.from(JSON.stringify({ ...state, [field]: 'forged' })).toString('base64url');
      browser.setCookie(publicUrl, 'nx-sso', `${forged}.${mac}`);
      expect(await outcomeAt(browser, callback)).toBe('?expired');
    },
  );

  test('after ten minutes is too late', async () => {
    const { browser, callback } = await answered();
    clock.advance(10 * 60_000);
    expect(await outcomeAt(browser, callback)).toBe('?expired');
  });
});

test('the cookie of the way is kept from scripts and ends by itself', async () => {
  const response = await fetch(begin, { redirect: 'manual' });
  expect(response.headers.get('set-cookie')).toMatch(/^nx-sso=[\w.-]+; Path=\/; Max-Age=600; HttpOnly; SameSite=Lax$/);
  const sent = new URL(response.headers.get('location') ?? '');
  expect(Object.fromEntries(sent.searchParams)).toMatchObject({
    client_id: clientId,
    redirect_uri: `${publicUrl}/login/oidc/test/callback`,
    response_type: 'code',
    code_challenge_method: 'S256',
    scope: 'openid email profile',
  });
});

test('a provider that does not answer is said to be unreachable, and one that is not set is none', async () => {
  expect(await (await web.get('/login/oidc/away')).json()).toEqual({ kind: 'unreachable' });
  expect(await (await web.get('/login/oidc/other')).json()).toBeNull();
});
