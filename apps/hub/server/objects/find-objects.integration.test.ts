import { permissionTable } from '@nexomatic/contracts/permission';
import { testDatabase } from '@nexomatic/testkit/database';
import { makeAction, makePipeline, makeSchedule, makeSecret } from '@nexomatic/testkit/factories';
import { expect, test } from 'vitest';
import { findObjects } from './find-objects.ts';

const database = await testDatabase();
const [own, other] = [await makePipeline(database), await makePipeline(database)];
const tenantId = own.tenant.id;
const findAs = (role: keyof typeof permissionTable) => async (text: string) => {
  const holds = (permission: (typeof permissionTable)[typeof role][number]) =>
    permissionTable[role].includes(permission);
  return (await findObjects({ sql: database.sql }, tenantId, { text, holds })).objects;
};
const find = findAs('editor');
const names = async (text: string) => (await find(text)).map(({ name }) => name);

test('every kind is found by a part of its name, in upper or lower case, and nothing of another tenant', async () => {
  const schedule = await makeSchedule(database, own.eventType, { name: 'find-me' });
  const secret = await makeSecret(database, tenantId, { name: 'FIND_ME' });
  await makeSchedule(database, other.eventType, { name: 'find-me' });
  expect(await find('Find')).toEqual([
    { kind: 'schedule', id: schedule.id, name: 'find-me' },
    { kind: 'secret', id: secret.id, name: 'FIND_ME' },
  ]);
  for (const kind of ['eventType', 'action', 'source', 'sink'] as const) {
    const { id, name } = own[kind];
    expect(await find(name.toUpperCase())).toContainEqual({ kind, id, name });
    expect(await find(other[kind].name)).not.toContainEqual(expect.objectContaining({ id: other[kind].id }));
  }
});

test('every word has to stand in the name, a wildcard means itself, and no word finds nothing', async () => {
  await makeAction(database, tenantId, { name: 'night_report' });
  await makeAction(database, tenantId, { name: 'nightly' });
  expect(await names('report night')).toEqual(['night_report']);
  expect(await names('night_')).toEqual(['night_report']);
  expect(await names('%')).toEqual([]);
  expect(await names('  ')).toEqual([]);
});

test('of each kind five are found at most, those that begin with the text before the others', async () => {
  for (const name of ['a.many', 'b.many', 'c.many', 'd.many', 'e.many', 'many.z'])
    await makeAction(database, tenantId, { name });
  expect(await names('many')).toEqual(['many.z', 'a.many', 'b.many', 'c.many', 'd.many']);
});

test('nobody is told the names of a kind that they may not see', async () => {
  await makeSecret(database, tenantId, { name: 'HIDDEN_KEY' });
  expect(await findAs('operator')('hidden')).toHaveLength(1);
  expect(await findAs('viewer')('hidden')).toEqual([]);
  expect(await findAs('sink')('night')).toEqual([]);
});
