import { makeParameter } from '@nexomatic/testkit/factories';
import { expect, test } from 'vitest';
import { auditOf } from './testing/call-rest.ts';
import { openRest } from './testing/open-rest.ts';

const rest = await openRest();
const { database, web, call } = rest;
const create = (name: string) => call('POST', '/secrets', { name });

test('a secret is named, described, listed and deleted', async () => {
  const created = await create('API_TOKEN');
  const { id } = created.body;
  expect(created).toMatchObject({ status: 201, body: { name: 'API_TOKEN', version: 1, usedBy: [] } });
  const change = { description: 'of the billing system', version: 1 };
  expect(await call('PUT', `/secrets/${id}`, change)).toMatchObject({ status: 200, body: { version: 2 } });
  expect(await call('PUT', `/secrets/${id}`, change)).toMatchObject({ status: 409, body: { currentVersion: 2 } });
  expect((await call('GET', '/secrets')).body.secrets).toMatchObject([{ id, description: change.description }]);
  expect((await call('DELETE', `/secrets/${id}`)).status).toBe(204);
  expect((await call('GET', `/secrets/${id}`)).status).toBe(404);
  expect((await auditOf(web, id)).map(({ action }) => action)).toEqual([
    ...['secret.created', 'secret.updated', 'secret.deleted'],
  ]);
});

test('a secret that parameters name stays, and the answer lists whose they are', async () => {
  const { id } = (await create('API_TOKEN')).body;
  await makeParameter(database, rest.pipeline.action, { key: 'token', kind: 'SECRET', value: 'API_TOKEN' });
  await makeParameter(database, rest.pipeline.eventType, { key: 'token', kind: 'SECRET', value: 'API_TOKEN' });
  const references = [rest.pipeline.eventType, rest.pipeline.action].map((one) => ({ id: one.id, name: one.name }));
  expect((await call('GET', `/secrets/${id}`)).body.usedBy).toEqual(references);
  expect(await call('DELETE', `/secrets/${id}`)).toMatchObject({ status: 409, body: { code: 'in_use', references } });
});

test.each(['1ST', 'a-b', 'a b', 'NX_KEY', 'nx_key', '', 'ä', 'x'.repeat(256)])(
  'the name %j is refused',
  async (name) => {
    expect(await create(name)).toMatchObject({ status: 422, body: { errors: [{ path: 'name' }] } });
  },
);

test.each(['API_TOKEN', 'api_token', 'Api_Token'])('API_TOKEN keeps %s from being named', async (name) => {
  await create('API_TOKEN');
  expect(await create(name)).toMatchObject({ status: 409, body: { code: 'conflict', errors: [{ path: 'name' }] } });
});

test('of two names that differ in capitals and come at the same moment one is taken', async () => {
  const answers = await Promise.all([create('Key'), create('KEY'), create('key')]);
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
});

test('a value is not taken: there is nowhere to keep it yet', async () => {
  expect((await call('POST', '/secrets', { name: 'KEY', value: 'hunter2' })).status).toBe(400);
});
