import { newId } from '@nexomatic/contracts/id';
import type { Role } from '@nexomatic/contracts/permission';
import { makePipeline, makeUser } from '@nexomatic/testkit/factories';
import { describe, expect, test } from 'vitest';
import { auditOf } from './testing/call-rest.ts';
import { openRest } from './testing/open-rest.ts';
import { signInAs } from './testing/open-test-web.ts';

const rest = await openRest();
const { database, web, call } = rest;

const deploy = {
  name: 'deploy',
  module: 'deploy.runner',
  parameters: [{ key: 'host', kind: 'STATIC', value: '"web-1"' }],
};
const create = async (more: object = {}) => (await call('POST', '/actions', { ...deploy, ...more })).body;

describe('an action', () => {
  test('is made at the address that the answer names', async () => {
    const { status, location, body } = await call('POST', '/actions', {
      ...deploy,
      onSuccessId: rest.pipeline.eventType.id,
    });
    expect(status).toBe(201);
    expect(location).toBe(`/api/v1/actions/${body.id}`);
    expect((await call('GET', `/actions/${body.id}`)).body).toMatchObject({
      ...deploy,
      version: 1,
      onSuccess: { id: rest.pipeline.eventType.id, name: rest.pipeline.eventType.name },
      onFailure: null,
      usedBy: [],
    });
  });

  test('is listed by name with the event types that run it, page by page', async () => {
    await create({ name: 'aaa' });
    const first = (await call('GET', '/actions?limit=1')).body;
    expect(first).toMatchObject({ actions: [{ name: 'aaa', usedBy: [] }], nextCursor: expect.any(String) });
    const next = (await call('GET', `/actions?limit=1&cursor=${first.nextCursor}`)).body;
    expect(next).toMatchObject({
      actions: [{ name: rest.pipeline.action.name, usedBy: [{ id: rest.pipeline.eventType.id }] }],
      nextCursor: null,
    });
  });

  test('is saved as its next version, and every version is kept with its author', async () => {
    const { id } = await create();
    const changed = await call('PUT', `/actions/${id}`, { ...deploy, version: 1, parameters: [] });
    expect(changed).toMatchObject({ status: 200, body: { version: 2, parameters: [] } });
    const restored = await call('POST', `/actions/${id}/restore`, { version: 2, restore: 1 });
    expect(restored).toMatchObject({ status: 200, body: { version: 3, parameters: deploy.parameters } });
    const { versions } = (await call('GET', `/actions/${id}/versions`)).body as { versions: { version: number }[] };
    expect(versions.map(({ version }) => version)).toEqual([3, 2, 1]);
    expect(versions[0]).toMatchObject({ author: { name: expect.any(String) }, body: deploy });
  });

  test('that somebody saved meanwhile is not saved over: the answer names the version that stands', async () => {
    const { id } = await create();
    await call('PUT', `/actions/${id}`, { ...deploy, version: 1, module: 'deploy.other' });
    const late = await call('PUT', `/actions/${id}`, { ...deploy, version: 1 });
    expect(late).toMatchObject({ status: 409, body: { code: 'conflict', currentVersion: 2 } });
    expect((await call('GET', `/actions/${id}`)).body.module).toBe('deploy.other');
  });

  test('of two saves at the same moment one is kept and the other is told', async () => {
    const { id } = await create();
    const saves = await Promise.all(
      [1, 2].map((n) => call('PUT', `/actions/${id}`, { ...deploy, version: 1, module: `m${n}` })),
    );
    expect(saves.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  test('is deleted once nothing runs it', async () => {
    const { id } = await create();
    expect((await call('DELETE', `/actions/${id}`)).status).toBe(204);
    expect((await call('GET', `/actions/${id}`)).status).toBe(404);
  });

  test('that an event type runs stays, and the answer lists who runs it', async () => {
    const { status, body } = await call('DELETE', `/actions/${rest.pipeline.action.id}`);
    expect({ status, body }).toMatchObject({
      status: 409,
      body: {
        code: 'in_use',
        references: [{ id: rest.pipeline.eventType.id, name: rest.pipeline.eventType.name, how: 'runs it' }],
      },
    });
  });
});

describe('a save is refused', () => {
  test.each([['os; rm -rf /'], ['../x'], ['a..b'], ["__import__('os')"], ['m'.repeat(300)], ['C:\\x'], ['']])(
    'for the module %j',
    async (module) => {
      expect(await call('POST', '/actions', { ...deploy, module })).toMatchObject({
        status: 422,
        body: { code: 'invalid_module_path', errors: [{ path: 'module' }] },
      });
    },
  );

  test.each([
    ['a name that is taken', () => ({ name: rest.pipeline.action.name }), 409, 'name'],
    ['an event type that is not there', () => ({ onSuccessId: newId('eventType') }), 422, 'onSuccessId'],
    [
      'a static value that is not JSON',
      () => ({ parameters: [{ key: 'k', kind: 'STATIC', value: 'text' }] }),
      422,
      'parameters[0].value',
    ],
    [
      'a data parameter without a key to read',
      () => ({ parameters: [{ key: 'k', kind: 'DATA', value: '' }] }),
      422,
      'parameters[0].value',
    ],
    [
      'a key that comes twice',
      () => ({ parameters: ['1', '2'].map((value) => ({ key: 'k', kind: 'STATIC', value })) }),
      422,
      'parameters[1].key',
    ],
    ['a field that there is not', () => ({ tenantId: newId('tenant') }), 400, ''],
    ['a name with markup', () => ({ name: '<img onerror=x>' }), 400, 'name'],
  ])('for %s', async (_, more, status, path) => {
    const answer = await call('POST', '/actions', { ...deploy, ...more() });
    expect(answer).toMatchObject({ status, body: { errors: [{ path }] } });
    expect((await call('GET', '/actions?search=deploy')).body.actions).toEqual([]);
  });

  test("for another tenant's event type", async () => {
    const { eventType } = await makePipeline(database);
    expect((await call('POST', '/actions', { ...deploy, onFailureId: eventType.id })).status).toBe(422);
  });
});

describe('a save warns', () => {
  test('of a chain that comes back to where it began', async () => {
    const { action, eventType } = rest.pipeline;
    const { body } = await call('PUT', `/actions/${action.id}`, {
      ...{ name: action.name, module: action.module, version: 1 },
      onSuccessId: eventType.id,
    });
    expect(body.warnings).toMatchObject([
      {
        code: 'chain_loop',
        path: 'onSuccessId',
        message: expect.stringContaining(`${eventType.name} → ${eventType.name}`),
      },
    ]);
  });

  test('of a secret that is not set', async () => {
    const { warnings } = await create({ parameters: [{ key: 'token', kind: 'SECRET', value: 'API_TOKEN' }] });
    expect(warnings).toMatchObject([{ code: 'secret_missing', path: 'parameters[0].value' }]);
  });
});

test('what a save would warn of is told without saving', async () => {
  const { action, eventType } = rest.pipeline;
  const draft = { id: action.id, name: action.name, module: action.module, onFailureId: eventType.id };
  expect(await call('POST', '/actions/check', draft)).toMatchObject({
    status: 200,
    body: { warnings: [{ code: 'chain_loop', path: 'onFailureId' }] },
  });
  expect((await call('GET', `/actions/${action.id}`)).body).toMatchObject({ version: 1, onFailure: null });
});

test('every change is in the audit log with what was before and after', async () => {
  const { id } = await create();
  await call('PUT', `/actions/${id}`, { ...deploy, version: 1, module: 'deploy.other' });
  await call('DELETE', `/actions/${id}`);
  const module = (body: unknown) => body && (body as { module: string }).module;
  const entries = await auditOf(web, id);
  expect(entries.map((entry) => [entry.action, entry.actorKind, module(entry.before), module(entry.after)])).toEqual([
    ['action.created', 'apiToken', null, 'deploy.runner'],
    ['action.updated', 'apiToken', 'deploy.runner', 'deploy.other'],
    ['action.deleted', 'apiToken', 'deploy.other', null],
  ]);
});

test.each<[Role, number]>([
  ['owner', 201],
  ['admin', 201],
  ['editor', 201],
  ['operator', 403],
  ['viewer', 403],
])('%s: making an action is answered %i', async (role, status) => {
  const { tenant } = rest.pipeline;
  const user = await makeUser(database, tenant.id, role);
  const headers = { cookie: await signInAs(web, user), 'sec-fetch-site': 'same-origin' };
  const answer = await call('POST', `/actions?tenant=${tenant.slug}`, deploy, headers);
  expect(answer.status).toBe(status);
});

test('parameters keep the order in which they were saved', async () => {
  const keys = (list: string[]) => list.map((key) => ({ key, kind: 'STATIC', value: '1' }));
  const { id } = await create({ parameters: keys(['c', 'a', 'b']) });
  expect((await call('GET', `/actions/${id}`)).body.parameters).toEqual(keys(['c', 'a', 'b']));
  await call('PUT', `/actions/${id}`, { ...deploy, version: 1, parameters: keys(['b', 'c', 'a']) });
  expect((await call('GET', `/actions/${id}`)).body.parameters).toEqual(keys(['b', 'c', 'a']));
});
