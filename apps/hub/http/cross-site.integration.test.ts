import { testDatabase } from '@nexomatic/testkit/database';
import { makeUser } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appRouter } from '#server/trpc/router.ts';
import { restRoutes } from './rest-routes.ts';
import { openBuiltWeb } from './testing/open-built-web.ts';
import { signInAs } from './testing/open-test-web.ts';
import { pageCases } from './testing/page-cases.ts';
import { everyCase } from './testing/procedure-cases/every-case.ts';
import { makeWorld } from './testing/procedure-cases/procedure-case.ts';
import { rowsOfTenant } from './testing/rows-of-tenant.ts';
import { servedRoutes } from './testing/served-routes.ts';

/** What a page of another site can make a browser send, to every address that changes something. */
const database = await testDatabase();
const web = await openBuiltWeb({ databaseUrl: database.url, redisUrl: await testRedis() });
afterAll(() => web.close());
const world = await makeWorld(database, web);
const owner = await signInAs(web, await makeUser(database, world.tenant.id, 'owner', { instanceAdmin: true }));
/** Looks like a session and is none, so that what passes the gate still changes nothing. */
const noSession = `nx=${'a'.repeat(43)}`;

interface Door {
  name: string;
  method: string;
  path: string;
  input: unknown;
}

const inputOf = (name: string) => everyCase[name]?.input(world);
const mutations = Object.entries(appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>)
  .filter(([, { _def }]) => _def.type === 'mutation')
  .map(([name]): Door => {
    const path = `/trpc/${name}?tenant=${world.tenant.slug}`;
    return { name: `/trpc/${name}`, method: 'POST', path, input: inputOf(name) };
  });
const changes = restRoutes()
  .filter(({ method }) => method !== 'GET')
  .map(({ name, method, path }): Door => {
    const input = { ...(inputOf(name) as Record<string, unknown>) };
    const address = path.replaceAll(/\{(\w+)\}/g, (_, field: string) => String(input[field]));
    return { name: `${method} ${path}`, method, path: `/api/v1${address}?tenant=${world.tenant.slug}`, input };
  });
const forms = (await servedRoutes()).flatMap(({ pattern, action }): Door[] => {
  if (!action) return [];
  const path = action(pageCases[pattern]?.at(world) ?? pattern);
  const form = { name: pattern, method: 'POST', path, input: undefined };
  return [form, { ...form, name: `${pattern}.data`, path: path.replace(/\?|$/, '.data?') }];
});
const doors = [...mutations, ...changes, ...forms];

const own = web.services.env.publicUrl;
const sites = [undefined, 'same-origin', 'same-site', 'cross-site', 'none'];
const origins = [undefined, own, 'https://evil.example', 'null'];
const senders = sites.flatMap((site) =>
  origins.map((origin) => ({
    passes: site ? site === 'same-origin' : origin === own,
    headers: { ...(site ? { 'sec-fetch-site': site } : {}), ...(origin ? { origin } : {}) },
  })),
);
const types = [
  'application/json',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
];

async function send(door: Door, headers: Record<string, string>, type: string) {
  const body = door.method === 'DELETE' ? {} : { body: JSON.stringify(door.input ?? {}) };
  const init = { method: door.method, headers: { ...headers, 'content-type': type }, redirect: 'manual' as const };
  const response = await web.get(door.path, { ...init, ...body });
  return { headers, type, status: response.status, text: await response.text() };
}
const fromElsewhere = /This came from a page of another origin/;

describe('with the session of an owner', () => {
  const rows = () => rowsOfTenant(web.services.sql, world.tenant.id);
  let before: Record<string, string>;
  beforeAll(async () => {
    before = await rows();
  });

  test.each(doors)('$name refuses every sender but the pages of the hub', async (door) => {
    const foreign = senders.filter(({ passes }) => !passes);
    const sent = foreign.flatMap(({ headers }) => types.map((type) => send(door, { ...headers, cookie: owner }, type)));
    const answers = await Promise.all(sent);
    expect(answers).toHaveLength(60);
    // Calls are JSON alone: what is something else may be refused for that before it is asked where it comes from.
    const refused = ({ status, text, type }: (typeof answers)[number]) =>
      (status === 403 && fromElsewhere.test(text)) ||
      (status === 415 && !forms.includes(door) && type !== 'application/json');
    expect(answers.filter((answer) => !refused(answer))).toEqual([]);
  });

  test('none of that has changed a row', async () => {
    expect(await rows()).toEqual(before);
  });
});

test.each(doors)('$name lets the pages of the hub through, to be asked who sends it', async (door) => {
  const type = forms.includes(door) ? 'application/x-www-form-urlencoded' : 'application/json';
  for (const { headers } of senders.filter(({ passes }) => passes)) {
    const answer = await send(door, { ...headers, cookie: noSession }, type);
    expect(answer.text).not.toMatch(fromElsewhere);
    expect([403, 415]).not.toContain(answer.status);
  }
});

test.each(['/login', '/setup', '/invite/nxi_unknown', '/sign-out'])(
  '%s is not sent by a page of another site to somebody without a session either',
  async (path) => {
    const door = { name: path, method: 'POST', path, input: undefined };
    for (const { headers, passes } of senders.filter((sender) => Object.keys(sender.headers).length > 0)) {
      const { text } = await send(door, headers, 'application/x-www-form-urlencoded');
      expect(fromElsewhere.test(text)).toBe(!passes);
    }
  },
);

test.each(mutations)('$name changes nothing by GET', async ({ path, input }) => {
  const response = await web.get(`${path}&input=${encodeURIComponent(JSON.stringify(input ?? {}))}`, {
    headers: { cookie: owner, 'sec-fetch-site': 'cross-site' },
  });
  expect(response.status).toBe(405);
});
