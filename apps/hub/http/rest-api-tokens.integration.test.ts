import { fakeClock } from '@nexomatic/clock';
import { type Permission, permissionTable } from '@nexomatic/contracts/permission';
import { Membership } from '@nexomatic/db/entities/membership';
import { testDatabase } from '@nexomatic/testkit/database';
import { makePipeline, makeUser } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { bearer, openTestWeb } from './testing/open-test-web.ts';
import { type Person, personAt } from './testing/person.ts';

const database = await testDatabase();
const clock = fakeClock();
const redisUrl = await testRedis();
const web = await openTestWeb({ databaseUrl: database.url, redisUrl, clock });
const otherHub = await openTestWeb({ databaseUrl: database.url, redisUrl, clock });
afterAll(async () => {
  await otherHub.close();
  await web.close();
});

const day = 24 * 3_600_000;
let pipeline: Awaited<ReturnType<typeof makePipeline>>;
let person: Person;
beforeEach(async () => {
  pipeline = await makePipeline(database);
  person = await personAt(web, await makeUser(database, pipeline.tenant.id, 'admin'), pipeline.tenant.slug);
});

const create = async (more: object = {}) =>
  (await person.mutate('apiTokens.create', { name: 'CI', scopes: null, expiresInDays: null, ...more })).data;
const list = async () => (await person.query('apiTokens.list', {})).data.tokens;
const use = async (token: string, hub = web) => (await hub.get('/api/v1/actions', { headers: bearer(token) })).status;

test('a token is shown once, opens the API, and is listed by its last characters ever after', async () => {
  const made = await create();
  expect(made.value).toMatch(/^nxt_[A-Za-z0-9_-]{43}$/);
  expect(await use(made.value)).toBe(200);
  const [listed] = await list();
  expect(listed).toMatchObject({ id: made.id, name: 'CI', hint: made.value.slice(-4), state: 'active', scopes: null });
  expect(JSON.stringify(await list())).not.toContain(made.value);
});

test('nothing of a token but its name, scopes and end is in the audit log', async () => {
  const made = await create({ scopes: ['events.read'], expiresInDays: 30 });
  await person.mutate('apiTokens.revoke', { id: made.id });
  const { entries } = (await person.query('audit.list', { objectId: made.id })).data;
  expect(entries.map(({ action }: { action: string }) => action)).toEqual(['api_token.revoked', 'api_token.created']);
  const shown = await Promise.all(entries.map(({ id }: { id: string }) => person.query('audit.get', { id })));
  expect(shown[1]?.data.after).toEqual({
    name: 'CI',
    scopes: ['events.read'],
    expiresAt: new Date(clock.now() + 30 * day).toISOString(),
  });
  expect(JSON.stringify(shown)).not.toContain(made.value);
});

describe('a revoked token', () => {
  test('opens nothing at once in this hub, and within five seconds in others', async () => {
    const { id, value } = await create();
    expect([await use(value), await use(value, otherHub)]).toEqual([200, 200]);
    expect(await person.mutate('apiTokens.revoke', { id })).toEqual({ data: undefined });
    expect(await use(value)).toBe(401);
    clock.advance(5_000);
    expect(await use(value, otherHub)).toBe(401);
  });

  test('stays listed for 90 days, and is revoked once', async () => {
    const { id } = await create();
    await person.mutate('apiTokens.revoke', { id });
    await person.mutate('apiTokens.revoke', { id });
    expect((await person.query('audit.list', { action: 'api_token.revoked' })).data.entries).toHaveLength(1);
    expect(await list()).toContainEqual(expect.objectContaining({ id, state: 'revoked' }));
  });

  test('of another tenant is not to be revoked here', async () => {
    const foreign = await makePipeline(database);
    const asForeigner = await personAt(web, await makeUser(database, foreign.tenant.id, 'owner'), foreign.tenant.slug);
    const { id, value } = await create();
    expect((await asForeigner.mutate('apiTokens.revoke', { id })).problem).toMatchObject({ code: 'not_found' });
    expect(await use(value)).toBe(200);
  });
});

test('a token opens nothing after the end that it was given, and leaves the list 90 days later', async () => {
  const { id, value } = await create({ expiresInDays: 30 });
  clock.advance(30 * day - 1);
  expect(await use(value)).toBe(200);
  clock.advance(5_000);
  expect(await use(value)).toBe(401);
  const again = async () => {
    person = await personAt(web, await makeUser(database, pipeline.tenant.id, 'admin'), pipeline.tenant.slug);
    return (await list()).find((token: { id: string }) => token.id === id);
  };
  expect(await again()).toMatchObject({ state: 'expired' });
  clock.advance(90 * day);
  expect(await again()).toBeUndefined();
});

/** One call for each permission that a program may hold, and what it is answered with the permission. */
const calls: Partial<Record<Permission, { method: string; path: () => string; body?: () => object; status: number }>> =
  {
    'events.read': { method: 'GET', path: () => '/events', status: 200 },
    'events.fire': {
      method: 'POST',
      path: () => '/events',
      body: () => ({ type: pipeline.eventType.name }),
      status: 201,
    },
    'definitions.read': { method: 'GET', path: () => '/actions', status: 200 },
    'definitions.write': {
      method: 'POST',
      path: () => '/actions',
      body: () => ({ name: 'a', module: 'a.b' }),
      status: 201,
    },
    'audit.read': { method: 'GET', path: () => '/audit', status: 200 },
  };

describe.each(Object.keys(calls) as Permission[])('a token whose only scope is %s', (scope) => {
  test('may do that and nothing else', async () => {
    const { value } = await create({ scopes: [scope] });
    for (const [permission, call] of Object.entries(calls)) {
      const { status } = await web.get(`/api/v1${call.path()}`, {
        method: call.method,
        headers: { ...bearer(value), 'content-type': 'application/json' },
        ...(call.body ? { body: JSON.stringify(call.body()) } : {}),
      });
      expect({ permission, status }).toEqual({ permission, status: permission === scope ? call.status : 403 });
    }
  });
});

describe('a token is refused', () => {
  test.each<[string, object, string]>([
    ['no scope at all', { scopes: [] }, 'scopes'],
    ['a scope that no program may hold', { scopes: ['events.read', 'members.write'] }, 'scopes[1]'],
    ['a scope that there is not', { scopes: ['everything'] }, 'scopes[0]'],
    ['an end that is not offered', { expiresInDays: 7 }, 'expiresInDays'],
    ['no name', { name: '  ' }, 'name'],
    ['a name that reads from right to left by force', { name: 'a\u202eb' }, 'name'],
    ['a field that there is not', { tokenHash: 'x' }, ''],
  ])('with %s', async (_, more, path) => {
    const { problem } = await person.mutate('apiTokens.create', {
      name: 'CI',
      scopes: null,
      expiresInDays: null,
      ...more,
    });
    expect(problem?.errors).toMatchObject([{ path }]);
    expect(await list()).toHaveLength(1);
  });

  test.each(['editor', 'operator', 'viewer'] as const)('to somebody who is %s', async (role) => {
    const other = await personAt(web, await makeUser(database, pipeline.tenant.id, role), pipeline.tenant.slug);
    for (const answer of [
      await other.mutate('apiTokens.create', { name: 'CI', scopes: ['events.read'], expiresInDays: null }),
      await other.query('apiTokens.list', {}),
      await other.mutate('apiTokens.revoke', { id: (await list())[0]?.id }),
    ])
      expect(answer.problem).toMatchObject({ code: 'forbidden' });
  });
});

test('nobody can give a token more than they hold themselves, whatever the table says one day', () => {
  const makers = Object.entries(permissionTable).filter(([, held]) => held.includes('tokens.write'));
  expect(makers.map(([role]) => role)).toEqual(['owner', 'admin']);
  for (const [, held] of makers) expect(held).toEqual(expect.arrayContaining([...permissionTable.apiToken]));
});

test('a token goes on working when its maker goes', async () => {
  const { value } = await create();
  await database.tenantEm(pipeline.tenant.id).nativeDelete(Membership, {});
  clock.advance(5_000);
  expect(await use(value)).toBe(200);
});
