import { permissionTable, roles } from '@nexomatic/contracts/permission';
import { testDatabase } from '@nexomatic/testkit/database';
import { makeUser } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appRouter } from '#server/trpc/router.ts';
import { bearer, openTestWeb, signInAs } from './testing/open-test-web.ts';
import { everyCase } from './testing/procedure-cases/every-case.ts';
import { makeWorld } from './testing/procedure-cases/procedure-case.ts';
import { rowsOfTenant } from './testing/rows-of-tenant.ts';
import { expectUntold } from './testing/secret-canary.ts';

const database = await testDatabase();
const web = await openTestWeb({ databaseUrl: database.url, redisUrl: await testRedis() });
afterAll(() => web.close());

interface Procedure {
  name: string;
  type: string;
  permission: string | undefined;
}

const procedures = Object.entries(
  appRouter._def.procedures as unknown as Record<string, { _def: { type: string; meta?: { permission?: string } } }>,
).map(([name, { _def }]): Procedure => ({ name, type: _def.type, permission: _def.meta?.permission }));
const ofTenant = procedures.filter(({ permission }) => permission !== undefined && permission !== 'instance');
/** A stream that is let in goes on, so only its refusals can be waited for. */
const answering = ofTenant.filter(({ type }) => type !== 'subscription');

/** The code of the refusal, or null for an answer that is none. */
async function send({ name, type }: Procedure, input: unknown, headers: Record<string, string>, tenant = '') {
  const query = new URLSearchParams(tenant ? { tenant } : {});
  if (type !== 'mutation' && input !== undefined) query.set('input', JSON.stringify(input));
  const address = `/trpc/${name}?${query}`;
  const response = await (type === 'mutation' ? web.post(address, input, { headers }) : web.get(address, { headers }));
  const text = await response.text();
  expectUntold(text, name);
  return /"code":"([a-z_]+)"/.exec(text)?.[1] ?? null;
}

const own = await makeWorld(database, web);
const stranger = await makeWorld(database, web);
const asPage = (cookie: string) => ({ cookie, 'sec-fetch-site': 'same-origin' });
/** Asked before anybody is known, and answered to everybody alike. */
const forAnybody = ['enrolment.challenge'];
const guarded = procedures.filter(({ name }) => !forAnybody.includes(name));
const inputOf = ({ name }: Procedure, world = own) => everyCase[name]?.input(world);

test('every procedure has a case in the sweep', () => {
  expect(procedures.map(({ name }) => name).sort()).toEqual(Object.keys(everyCase).sort());
});

test.each(guarded)('$name refuses a caller without a credential', async (procedure) => {
  expect(await send(procedure, inputOf(procedure), {})).toBe('unauthenticated');
});

test.each(guarded.filter(({ name }) => !name.startsWith('sink.')))('$name refuses a sink', async (procedure) => {
  expect(await send(procedure, inputOf(procedure), bearer(own.sinkToken))).toMatch(/^(forbidden|unauthenticated)$/);
});

test.each(guarded.filter(({ permission }) => !permissionTable.apiToken.some((one) => one === permission)))(
  '$name refuses a program',
  async (procedure) => {
    expect(await send(procedure, inputOf(procedure), bearer(own.apiToken))).toMatch(/^(forbidden|unauthenticated)$/);
  },
);

test.each(procedures.filter(({ permission }) => permission === 'instance'))(
  '$name tells nobody but administrators of the hub that it is there, not even the owner of the tenant',
  async (procedure) => {
    const cookie = await signInAs(web, await makeUser(database, own.tenant.id, 'owner'));
    expect(await send(procedure, inputOf(procedure), asPage(cookie), own.tenant.slug)).toBe('not_found');
  },
);

describe('a stranger', async () => {
  const cookie = await signInAs(web, await makeUser(database, stranger.tenant.id, 'owner'));
  const rows = () => rowsOfTenant(web.services.sql, own.tenant.id);
  let before: Record<string, string>;
  beforeAll(async () => {
    before = await rows();
  });

  test.each(ofTenant)('is told by $name that there is no such tenant', async (procedure) => {
    expect(await send(procedure, inputOf(procedure), asPage(cookie), own.tenant.slug)).toBe('not_found');
  });

  test.each(procedures.filter(({ name }) => everyCase[name]?.stranger === 'not_found'))(
    'who names an object of another tenant is told by $name that there is none',
    async (procedure) => {
      expect(await send(procedure, inputOf(procedure), asPage(cookie), stranger.tenant.slug)).toBe('not_found');
    },
  );

  test.each(procedures.filter(({ permission }) => permission === 'attempts.run'))(
    'of a sink that names an attempt of another tenant gets nothing of it by $name',
    async (procedure) => {
      expect(await send(procedure, inputOf(procedure), bearer(stranger.sinkToken))).toBeNull();
    },
  );

  test('has changed no row of the tenant by all of that', async () => {
    expect(before).toMatchObject({
      events: expect.stringMatching(/^2 rows/),
      secrets: expect.stringMatching(/^1 rows/),
    });
    expect(await rows()).toEqual(before);
  });
});

describe.each(roles)('a member who is %s', async (role) => {
  const world = await makeWorld(database, web);
  const cookie = await signInAs(web, await makeUser(database, world.tenant.id, role));

  test.each(answering)('is let in by $name only with the right that it asks for', async (procedure) => {
    const holds = permissionTable[role].some((one) => one === procedure.permission);
    const code = await send(procedure, inputOf(procedure, world), asPage(cookie), world.tenant.slug);
    if (holds) expect(['forbidden', 'unauthenticated']).not.toContain(code);
    else expect(code).toBe('forbidden');
  });
});

describe.each(procedures.filter(({ type }) => type === 'subscription'))('the stream of $name', (procedure) => {
  test.each(roles)('is opened to a member who is %s only with the right that it asks for', async (role) => {
    const cookie = await signInAs(web, await makeUser(database, own.tenant.id, role));
    if (!permissionTable[role].some((one) => one === procedure.permission)) {
      // The refusal is an event of the stream, which ends with it.
      expect(await send(procedure, inputOf(procedure), asPage(cookie), own.tenant.slug)).toBe('forbidden');
      return;
    }
    const query = new URLSearchParams({ tenant: own.tenant.slug, input: JSON.stringify(inputOf(procedure) ?? {}) });
    const response = await web.get(`/trpc/${procedure.name}?${query}`, { headers: asPage(cookie) });
    await response.body?.cancel();
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
  });
});

test('no name ends in .data, which Remix takes for its own', () => {
  expect(procedures.filter(({ name }) => name.endsWith('.data'))).toEqual([]);
});
