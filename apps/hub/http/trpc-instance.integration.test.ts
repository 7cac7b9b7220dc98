import { newId } from '@nexomatic/contracts/id';
import { User } from '@nexomatic/db/entities/user';
import { testDatabase } from '@nexomatic/testkit/database';
import { makeTenant, makeUser } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { openTestWeb } from './testing/open-test-web.ts';
import { type Person, personAt } from './testing/person.ts';

const database = await testDatabase();
const web = await openTestWeb({ databaseUrl: database.url, redisUrl: await testRedis() });
afterAll(() => web.close());

async function makeAdmin(): Promise<User> {
  const user = await makeUser(database);
  await database.systemEm().nativeUpdate(User, { id: user.id }, { instanceAdmin: true });
  return user;
}

let user: User;
let admin: Person;
beforeEach(async () => {
  // Each test has the only administrator of the hub.
  await database.systemEm().nativeUpdate(User, { instanceAdmin: true }, { instanceAdmin: false });
  user = await makeAdmin();
  admin = await personAt(web, user);
});

const found = async (id: string) => {
  const { users } = (await admin.query('users.list', { limit: 200 })).data;
  return users.find((one: { id: string }) => one.id === id);
};
const lastAdmin = { status: 409, code: 'conflict', detail: expect.stringContaining('is the last administrator') };

test('whoever administers the hub is told so, and nobody else', async () => {
  expect((await admin.query('session.me')).data).toMatchObject({ instanceAdmin: true });
  const other = await personAt(web, await makeUser(database));
  expect((await other.query('session.me')).data).toMatchObject({ instanceAdmin: false });
});

describe('tenants', () => {
  test('are listed by slug with their owners and how many belong to them, and found by name', async () => {
    const tenant = await makeTenant(database, { name: 'Needle in a haystack' });
    const owner = await makeUser(database, tenant.id, 'owner');
    await makeUser(database, tenant.id, 'viewer');
    const { tenants } = (await admin.query('tenants.list', { search: 'needle' })).data;
    expect(tenants).toEqual([]);
    const answer = (await admin.query('tenants.list', { search: 'Needle' })).data;
    expect(answer.tenants).toMatchObject([
      { id: tenant.id, slug: tenant.slug, members: 2, owners: [owner.email], suspendedAt: null },
    ]);
  });

  test('are made with an invitation of their first owner, who then stands in their log', async () => {
    const slug = `made-${newId('tenant').slice(-8)}`;
    const input = { slug, name: 'Made', timeZone: 'Europe/Berlin', ownerEmail: `owner@${slug}.test` };
    const { data } = await admin.mutate('tenants.create', input);
    expect(data.invitation).toMatchObject({
      email: input.ownerEmail,
      role: 'owner',
      url: expect.stringContaining('/invite/'),
    });
    const { tenants } = (await admin.query('tenants.list', { search: slug })).data;
    expect(tenants).toMatchObject([
      { id: data.id, slug, name: 'Made', timeZone: 'Europe/Berlin', owners: [], members: 0 },
    ]);
    const { entries } = (await admin.query('instance.audit', { objectId: data.id })).data;
    expect(entries).toMatchObject([{ action: 'tenant.created', actor: { id: user.id } }]);
    expect((await admin.mutate('tenants.create', input)).problem).toMatchObject({
      code: 'conflict',
      errors: [{ path: 'slug' }],
    });
  });

  test('get another owner invited when theirs are gone', async () => {
    const { id } = await makeTenant(database);
    const invited = await admin.mutate('tenants.inviteOwner', { id, email: 'next@example.test' });
    expect(invited.data).toMatchObject({ email: 'next@example.test', role: 'owner', invitedBy: null });
    const nowhere = await admin.mutate('tenants.inviteOwner', { id: newId('tenant'), email: 'next@example.test' });
    expect(nowhere.problem).toMatchObject({ code: 'not_found' });
  });

  test.each([
    ['a slug with a slash', { slug: 'a/b' }, 'slug'],
    ['a slug in capitals', { slug: 'ACME' }, 'slug'],
    ['an address that is none', { ownerEmail: 'nobody' }, 'ownerEmail'],
    ['a time zone that there is not', { timeZone: 'Mars/Olympus' }, 'timeZone'],
    ['no name', { name: ' ' }, 'name'],
  ])('are not made with %s', async (_, more, path) => {
    const input = { slug: 'never', name: 'Never', ownerEmail: 'never@example.test', ...more };
    expect((await admin.mutate('tenants.create', input)).problem?.errors).toMatchObject([{ path }]);
    expect((await admin.query('tenants.list', { search: 'never' })).data.tenants).toEqual([]);
  });

  test('are renamed; their slug, and so every address, stays', async () => {
    const { id, slug } = await makeTenant(database);
    await admin.mutate('tenants.rename', { id, name: 'Other' });
    const { tenants } = (await admin.query('tenants.list', { search: slug })).data;
    expect(tenants).toMatchObject([{ slug, name: 'Other' }]);
    const { entries } = (await admin.query('instance.audit', { objectId: id })).data;
    expect(entries).toMatchObject([{ action: 'tenant.renamed', actor: { id: user.id } }]);
    const entry = (await admin.query('instance.auditEntry', { id: entries[0]?.id })).data;
    expect(entry).toMatchObject({ before: { name: 'Tenant' }, after: { name: 'Other' } });
  });

  test.each(['rename', 'suspend', 'resume'])('that are not there can not be changed by %s', async (what) => {
    const input = { id: newId('tenant'), ...(what === 'rename' ? { name: 'x' } : {}) };
    expect((await admin.mutate(`tenants.${what}`, input)).problem).toMatchObject({ code: 'not_found' });
  });
});

describe('people', () => {
  test('are listed by e-mail address with where they belong, and found by part of it', async () => {
    const tenant = await makeTenant(database);
    const { id, email } = await makeUser(database, tenant.id, 'editor');
    const { users } = (await admin.query('users.list', { search: email.slice(0, 14) })).data;
    expect(users).toMatchObject([
      { id, email, instanceAdmin: false, disabledAt: null, tenants: [{ slug: tenant.slug, role: 'editor' }] },
    ]);
  });

  test('who are disabled are signed out everywhere, and can come back once they are enabled', async () => {
    const other = await makeUser(database);
    const person = await personAt(web, other);
    await admin.mutate('users.disable', { id: other.id });
    expect((await person.query('session.me')).problem).toMatchObject({ code: 'unauthenticated' });
    expect(await found(other.id)).toMatchObject({ disabledAt: expect.any(String) });
    await admin.mutate('users.enable', { id: other.id });
    expect((await person.query('session.me')).problem).toMatchObject({ code: 'unauthenticated' });
    expect((await (await personAt(web, other)).query('session.me')).data).toMatchObject({ userId: other.id });
  });

  test('become administrators of the hub and stop being it; every change is in its log', async () => {
    const other = await makeUser(database);
    const person = await personAt(web, other);
    await admin.mutate('users.grantAdmin', { id: other.id });
    expect((await person.query('users.list', {})).data.users.length).toBeGreaterThan(1);
    await admin.mutate('users.revokeAdmin', { id: other.id });
    expect((await person.query('users.list', {})).problem).toMatchObject({ code: 'not_found' });
    const { entries } = (await admin.query('instance.audit', { objectId: other.id })).data;
    expect(entries.map(({ action }: { action: string }) => action)).toEqual([
      'user.admin_revoked',
      'user.admin_granted',
    ]);
  });

  test.each(['disable', 'enable', 'grantAdmin', 'revokeAdmin'])(
    'who are not there can not be changed by %s',
    async (what) => {
      expect((await admin.mutate(`users.${what}`, { id: newId('user') })).problem).toMatchObject({ code: 'not_found' });
    },
  );
});

describe('the last administrator of the hub', () => {
  test.each(['disable', 'revokeAdmin'])('stays one: not to be taken away by %s', async (what) => {
    expect((await admin.mutate(`users.${what}`, { id: user.id })).problem).toMatchObject(lastAdmin);
    expect((await admin.query('session.me')).data).toMatchObject({ instanceAdmin: true });
  });

  test('is the last one, too, when the only other can not sign in', async () => {
    const other = await makeAdmin();
    await admin.mutate('users.disable', { id: other.id });
    expect((await admin.mutate('users.revokeAdmin', { id: user.id })).problem).toMatchObject(lastAdmin);
  });

  test('is left, whichever it is, when two take it from each other at the same moment', async () => {
    const other = await makeAdmin();
    const asOther = await personAt(web, other);
    await Promise.all([
      admin.mutate('users.revokeAdmin', { id: other.id }),
      asOther.mutate('users.revokeAdmin', { id: user.id }),
    ]);
    expect(await database.systemEm().count(User, { instanceAdmin: true })).toBe(1);
  });
});

test('health tells the same as /readyz, with times and versions', async () => {
  const { data } = await admin.query('instance.health');
  const readyz = (await (await web.get('/readyz')).json()) as { checks: Record<string, string> };
  const checks = data.checks.map(({ name, result }: { name: string; result: string }) => [name, result]);
  expect(Object.fromEntries(checks)).toEqual(readyz.checks);
  for (const { ms } of data.checks) expect(ms).toBeGreaterThanOrEqual(0);
  expect(data).toMatchObject({
    ready: true,
    versions: {
      hub: expect.stringMatching(/^\d/),
      node: process.version,
      database: expect.stringMatching(/^(MySQL|MariaDB) \d/),
      redis: expect.stringMatching(/^(Redis|Valkey) \d/),
    },
  });
});
