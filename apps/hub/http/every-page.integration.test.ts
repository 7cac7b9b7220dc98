import { may, roles } from '@nexomatic/contracts/permission';
import { testDatabase } from '@nexomatic/testkit/database';
import { makeUser } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBuiltWeb } from './testing/open-built-web.ts';
import { signInAs } from './testing/open-test-web.ts';
import { type PageCase, pageCases } from './testing/page-cases.ts';
import { makeWorld, type World } from './testing/procedure-cases/procedure-case.ts';
import { rowsOfTenant } from './testing/rows-of-tenant.ts';
import { expectUntold } from './testing/secret-canary.ts';
import { servedRoutes } from './testing/served-routes.ts';

const database = await testDatabase();
const web = await openBuiltWeb({ databaseUrl: database.url, redisUrl: await testRedis() });
afterAll(() => web.close());
const own = await makeWorld(database, web);
const other = await makeWorld(database, web);

const routes = await servedRoutes();
const nowhere: PageCase = { needs: 'nothing', at: () => '/', status: 0, refused: 0 };
const pages = routes.map((route) => ({ ...route, ...(pageCases[route.pattern] ?? nowhere) }));
const closed = pages.filter(({ needs }) => needs !== 'nothing');
const ofTenant = closed.filter(({ pattern }) => pattern.startsWith('/t/'));
const isOpened = ({ opens }: { opens: boolean }) => opens;
const withActions = closed.filter(({ action }) => action !== null);
const loaders = ofTenant.flatMap(({ loaders, at }) => loaders.map((loader) => ({ loader, at })));

const asPage = (cookie: string) => ({ cookie, 'sec-fetch-site': 'same-origin' });
const ask = async (path: string, headers: Record<string, string>, init: RequestInit = {}) => {
  const response = await web.get(path, { ...init, headers: { ...headers }, redirect: 'manual' });
  const text = await response.text();
  expectUntold(text, path);
  return { status: response.status, location: response.headers.get('location'), text };
};
const sendForm = (path: string, headers: Record<string, string>) =>
  ask(path, headers, { method: 'POST', body: new URLSearchParams() });

/** The address of what one loader alone gives to a page that is open already. */
function dataAddress(path: string, loader: string): string {
  const { pathname, search } = new URL(path, web.baseUrl);
  return `${pathname}.data?${new URLSearchParams([...new URLSearchParams(search), ['_routes', loader]])}`;
}

/** What stands in the pages of a tenant and in no address. */
const tellTales = (world: World) => [
  world.eventType.name,
  world.action.name,
  world.sink.name,
  world.sinkType.name,
  world.source.name,
  world.secret.name,
  world.schedule.name,
  world.invitation.email,
  world.member.email,
  'members alone',
];
/** Facts of the tenant in an answer that the question did not hold. */
const leaks = (text: string, asked = '') =>
  tellTales(own).filter((word) => text.includes(word) && !asked.includes(word));

test('every address of the dashboard has a case in the sweep', () => {
  expect(routes.map(({ pattern }) => pattern).sort()).toEqual(Object.keys(pageCases).sort());
});

describe('somebody who is not signed in', () => {
  test.each(closed.filter(isOpened))('is sent from $pattern to the sign-in', async ({ at }) => {
    const { status, location } = await ask(at(own), {});
    expect({ status, location }).toMatchObject({ status: 302, location: expect.stringMatching(/^\/login/) });
  });

  test.each(loaders)('gets no data of $loader', async ({ loader, at }) => {
    const { text } = await ask(dataAddress(at(own), loader), {});
    expect(text).toMatch(/\/login|not_found/);
    expect(leaks(text, at(own))).toEqual([]);
  });

  test.each(withActions)('who sends a form to $pattern is sent to the sign-in', async ({ at, action }) => {
    const { status, location } = await sendForm(action?.(at(own)) ?? '', {});
    expect({ status, location }).toMatchObject({ status: 302, location: expect.stringMatching(/^\/login/) });
  });

  test.each(pages.filter(({ needs }) => needs === 'nothing'))('may open $pattern', async ({ at, status }) => {
    expect(await ask(at(own), {})).toMatchObject({ status });
  });
});

describe('a stranger', async () => {
  const headers = asPage(await signInAs(web, await makeUser(database, other.tenant.id, 'owner')));
  const rows = () => rowsOfTenant(web.services.sql, own.tenant.id);
  const inOwnTenant = (path: string) => path.replace(`/t/${own.tenant.slug}`, `/t/${other.tenant.slug}`);
  let before: Record<string, string>;
  beforeAll(async () => {
    before = await rows();
  });

  test.each(ofTenant.filter(isOpened))('is told by $pattern that there is nothing', async ({ at }) => {
    const { status, text } = await ask(at(own), headers);
    expect({ status, leaks: leaks(text) }).toEqual({ status: 404, leaks: [] });
  });

  test.each(loaders)('gets no data of $loader', async ({ loader, at }) => {
    const { status, text } = await ask(dataAddress(at(own), loader), headers);
    expect({ status, leaks: leaks(text) }).toEqual({ status: 404, leaks: [] });
  });

  test.each(ofTenant.filter(({ action }) => action !== null))(
    'who sends a form to $pattern is told that there is nothing',
    async ({ at, action }) => {
      const { status, text } = await sendForm(action?.(at(own)) ?? '', headers);
      expect({ status, leaks: leaks(text) }).toEqual({ status: 404, leaks: [] });
    },
  );

  test.each(ofTenant.filter(({ pattern }) => /:(id|attempt)/.test(pattern)))(
    'who looks for something of another tenant in the own is told by $pattern that there is nothing',
    async ({ at }) => {
      const { status, text } = await ask(inOwnTenant(at(own)), headers);
      expect({ status, leaks: leaks(text) }).toEqual({ status: 404, leaks: [] });
    },
  );

  test('is sent nowhere by an id of another tenant', async () => {
    expect(await ask(`/go/${own.event.id}`, headers)).toMatchObject({ status: 404 });
  });

  test('has changed no row of the tenant by all of that', async () => {
    expect(await rows()).toEqual(before);
  });
});

describe.each(roles)('a member who is %s', async (role) => {
  const headers = asPage(await signInAs(web, await makeUser(database, own.tenant.id, role)));
  const lets = ({ needs }: PageCase) =>
    needs === 'person' || needs === 'member' || (needs !== 'nothing' && needs !== 'administrator' && may(role, needs));

  test.each(closed.filter(({ needs, opens }) => opens && needs !== 'administrator'))(
    'is let in by $pattern only with the right that it asks for',
    async (page) => {
      const { status } = await ask(page.at(own), headers);
      expect(status).toBe(lets(page) ? page.status : page.refused);
    },
  );

  test.each(closed.filter(({ needs }) => needs === 'administrator'))(
    'is told by $pattern that there is nothing',
    async ({ at, action }) => {
      expect(await ask(at(own), headers)).toMatchObject({ status: 404 });
      if (action) expect(await sendForm(action(at(own)), headers)).toMatchObject({ status: 404 });
    },
  );
});

test('administrators of the hub open their pages', async () => {
  const user = await makeUser(database, undefined, 'owner', { instanceAdmin: true });
  const headers = asPage(await signInAs(web, user));
  for (const { at, status } of closed.filter(({ needs }) => needs === 'administrator')) {
    expect(await ask(at(own), headers)).toMatchObject({ status });
  }
});
