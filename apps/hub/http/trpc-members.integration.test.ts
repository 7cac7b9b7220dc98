import { systemClock } from '@nexomatic/clock';
import { type Role, roles } from '@nexomatic/contracts/permission';
import { Membership } from '@nexomatic/db/entities/membership';
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

let tenant: Awaited<ReturnType<typeof makeTenant>>;
let owner: User;
let asOwner: Person;
beforeEach(async () => {
  tenant = await makeTenant(database);
  owner = await makeUser(database, tenant.id, 'owner');
  asOwner = await personAt(web, owner, tenant.slug);
});

const roleOf = async (user: User): Promise<Role | null> =>
  (await database.tenantEm(tenant.id).findOne(Membership, { userId: user.id }))?.role ?? null;
const member = (role: Role) => makeUser(database, tenant.id, role);
const audited = async () => (await asOwner.query('audit.list', { objectKind: 'member' })).data.entries;

describe('the list', () => {
  test('names everybody of the tenant by e-mail address with their role, page by page, and nobody else', async () => {
    const viewer = await member('viewer');
    await makeUser(database, (await makeTenant(database)).id);
    const emails = [owner.email, viewer.email].sort();
    const first = await asOwner.query('members.list', { limit: 1 });
    const second = await asOwner.query('members.list', { limit: 1, cursor: first.data.nextCursor });
    expect([...first.data.members, ...second.data.members].map(({ email }) => email)).toEqual(emails);
    expect(second.data.nextCursor).toBeNull();
    const { members } = (await asOwner.query('members.list', { search: viewer.email.slice(0, 12) })).data;
    expect(members).toEqual([
      { userId: viewer.id, name: 'User', email: viewer.email, role: 'viewer', disabled: false, lastSeenAt: null },
    ]);
  });

  test('tells when somebody was last here', async () => {
    const { members } = (await asOwner.query('members.list', {})).data;
    expect(systemClock.now() - Date.parse(members[0]?.lastSeenAt ?? '')).toBeLessThan(60_000);
  });
});

describe('a role', () => {
  test('holds from the next request on, and the audit log tells the change', async () => {
    const user = await member('viewer');
    const person = await personAt(web, user, tenant.slug);
    const make = () => person.mutate('actions.create', { name: 'deploy', module: 'deploy.run' });
    expect((await make()).problem).toMatchObject({ code: 'forbidden' });
    expect(await asOwner.mutate('members.changeRole', { userId: user.id, role: 'editor' })).toEqual({
      data: undefined,
    });
    expect((await make()).data).toMatchObject({ name: 'deploy' });
    const [entry] = await audited();
    expect(entry).toMatchObject({ action: 'member.role_changed', actor: { id: owner.id }, object: { id: user.id } });
    expect((await asOwner.query('audit.get', { id: entry?.id })).data).toMatchObject({
      before: { role: 'viewer' },
      after: { role: 'editor' },
    });
  });

  test('that somebody has already is no change', async () => {
    const user = await member('viewer');
    await asOwner.mutate('members.changeRole', { userId: user.id, role: 'viewer' });
    expect(await audited()).toEqual([]);
  });

  test.each<[Role, Role, Role]>([
    ['admin', 'viewer', 'owner'],
    ['admin', 'owner', 'viewer'],
  ])('of an %s does not let them make %s into %s: only an owner may', async (role, from, to) => {
    const asAdmin = await personAt(web, await member(role), tenant.slug);
    const user = await member(from);
    const { problem } = await asAdmin.mutate('members.changeRole', { userId: user.id, role: to });
    expect(problem).toMatchObject({ code: 'forbidden', detail: expect.stringContaining('Only an owner') });
    expect(await roleOf(user)).toBe(from);
    if (from === 'owner') {
      expect((await asAdmin.mutate('members.remove', { userId: user.id })).problem).toMatchObject({
        code: 'forbidden',
      });
      expect(await roleOf(user)).toBe('owner');
    }
  });

  test.each(roles.filter((role) => role !== 'owner' && role !== 'admin'))(
    'of %s lets nobody change anybody',
    async (role) => {
      const user = await member('viewer');
      const person = await personAt(web, await member(role), tenant.slug);
      const { problem } = await person.mutate('members.changeRole', { userId: user.id, role: 'admin' });
      expect(problem).toMatchObject({ code: 'forbidden' });
      expect(await roleOf(user)).toBe('viewer');
    },
  );

  test('of somebody in another tenant is not theirs to change', async () => {
    const foreign = await makeUser(database, (await makeTenant(database)).id, 'viewer');
    const { problem } = await asOwner.mutate('members.changeRole', { userId: foreign.id, role: 'admin' });
    expect(problem).toMatchObject({ code: 'not_found' });
  });
});

describe('the last owner', () => {
  const lastOwner = { code: 'conflict', status: 409, detail: expect.stringContaining('is the last owner') };

  test('stays one: no other role, no removal, no leaving', async () => {
    const { problem } = await asOwner.mutate('members.changeRole', { userId: owner.id, role: 'admin' });
    expect(problem).toMatchObject(lastOwner);
    expect((await asOwner.mutate('members.remove', { userId: owner.id })).problem).toMatchObject(lastOwner);
    expect((await asOwner.mutate('members.leave')).problem).toMatchObject(lastOwner);
    expect(await roleOf(owner)).toBe('owner');
  });

  test('is the last one, too, when the only other owner can not sign in', async () => {
    const other = await member('owner');
    await database.systemEm().nativeUpdate(User, { id: other.id }, { disabledAt: new Date(systemClock.now()) });
    expect((await asOwner.mutate('members.leave')).problem).toMatchObject(lastOwner);
  });

  test('is left, whichever it is, when two owners go at the same moment', async () => {
    const other = await member('owner');
    const asOther = await personAt(web, other, tenant.slug);
    const answers = await Promise.all([asOwner.mutate('members.leave'), asOther.mutate('members.leave')]);
    expect(answers.filter(({ problem }) => problem?.code === 'conflict')).toHaveLength(1);
    expect([await roleOf(owner), await roleOf(other)].filter((role) => role === 'owner')).toHaveLength(1);
  });
});

test.each(roles)('a member who is %s can go, and is let in no more', async (role) => {
  const user = await member(role);
  const person = await personAt(web, user, tenant.slug);
  expect(await person.mutate('members.leave')).toEqual({ data: undefined });
  expect((await person.query('events.list', {})).problem).toMatchObject({ code: 'not_found' });
  expect(await audited()).toMatchObject([{ action: 'member.left', actor: { id: user.id } }]);
});

test('somebody who is removed is let in no more at their next request', async () => {
  const user = await member('admin');
  const person = await personAt(web, user, tenant.slug);
  expect((await person.query('events.list', {})).problem).toBeUndefined();
  await asOwner.mutate('members.remove', { userId: user.id });
  expect((await person.query('events.list', {})).problem).toMatchObject({ code: 'not_found' });
  expect(await audited()).toMatchObject([
    { action: 'member.removed', actor: { id: owner.id }, object: { id: user.id } },
  ]);
});
