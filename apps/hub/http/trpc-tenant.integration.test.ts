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
let admin: Person;
beforeEach(async () => {
  tenant = await makeTenant(database);
  admin = await personAt(web, await makeUser(database, tenant.id, 'admin'), tenant.slug);
});

const update = (more: object = {}) =>
  admin.mutate('tenant.update', { version: 1, name: 'Acme', timeZone: 'Europe/Berlin', ...more });

test('the settings of a tenant are changed, and its people see them at once', async () => {
  expect((await update()).data).toMatchObject({
    id: tenant.id,
    slug: tenant.slug,
    name: 'Acme',
    timeZone: 'Europe/Berlin',
    version: 2,
  });
  expect((await admin.query('tenant.get')).data).toMatchObject({ name: 'Acme', version: 2 });
  expect((await admin.query('session.me')).data.member).toMatchObject({ name: 'Acme', timeZone: 'Europe/Berlin' });
  const [entry] = (await admin.query('audit.list', { action: 'tenant.updated' })).data.entries;
  expect((await admin.query('audit.get', { id: entry?.id })).data).toMatchObject({
    before: { name: 'Tenant', timeZone: 'UTC' },
    after: { name: 'Acme', timeZone: 'Europe/Berlin' },
  });
});

test('what somebody saved meanwhile is not saved over', async () => {
  await update();
  expect((await update({ name: 'Late' })).problem).toMatchObject({ code: 'conflict', currentVersion: 2 });
  expect((await admin.query('tenant.get')).data.name).toBe('Acme');
});

describe('a save is refused', () => {
  test.each(['Mars/Olympus', 'UTC+25', '../etc'])('for the time zone %s', async (timeZone) => {
    expect((await update({ timeZone })).problem).toMatchObject({
      status: 422,
      code: 'unknown_time_zone',
      errors: [{ path: 'timeZone' }],
    });
  });

  test.each([[''], ['   '], ['x'.repeat(101)], ['line\nbreak'], ['zero\u200bwidth'], ['\u202egnp']])(
    'for the name %j',
    async (name) => {
      expect((await update({ name })).problem).toMatchObject({ status: 400, errors: [{ path: 'name' }] });
    },
  );

  test('for a slug: it is part of every address', async () => {
    expect((await update({ slug: 'other' })).problem).toMatchObject({ status: 400 });
  });
});

test('spaces around a name go, and two ways to write one letter become one', async () => {
  expect((await update({ name: '  Cafe\u0301 ' })).data.name).toBe('Caf\u00e9');
});
