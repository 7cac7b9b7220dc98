import { newId } from '@nexomatic/contracts/id';
import type { Role } from '@nexomatic/contracts/permission';
import { testDatabase } from '@nexomatic/testkit/database';
import { makePipeline, makeUser } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { callRest } from './testing/call-rest.ts';
import { bearer, openTestWeb, signInAs } from './testing/open-test-web.ts';
import { acceptOne } from './testing/run-event.ts';

const database = await testDatabase();
const web = await openTestWeb({ databaseUrl: database.url, redisUrl: await testRedis() });
afterAll(() => web.close());

let pipeline: Awaited<ReturnType<typeof makePipeline>>;
let deploy: { name: string; sinkTypeId: string; actionId: string };
beforeEach(async () => {
  pipeline = await makePipeline(database);
  deploy = { name: 'deploy.app', sinkTypeId: pipeline.sinkType.id, actionId: pipeline.action.id };
});

const call = (
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = bearer(pipeline.apiToken),
) => callRest(web, headers, method, `/event-types${path}`, body);
const create = async (more: object = {}) => (await call('POST', '', { ...deploy, ...more })).body;
/** Everything of a body that a PUT takes. */
const editable = ({ id: _, ...body }: Record<string, unknown>, more: object = {}) => {
  const { name, sinkTypeId, actionId, version, parameters, payloadSchema, enabled } = body;
  return { name, sinkTypeId, actionId, version, parameters, payloadSchema, enabled, ...more };
};
const host = { key: 'host', kind: 'STATIC', value: '"web-1"' };

describe('an event type', () => {
  test('is made at the address that the answer names', async () => {
    const { status, location, body } = await call('POST', '', {
      ...deploy,
      parameters: [host],
      searchKeys: ['order.id'],
    });
    expect(status).toBe(201);
    expect(location).toBe(`/api/v1/event-types/${body.id}`);
    expect((await call('GET', `/${body.id}`)).body).toMatchObject({
      ...deploy,
      version: 1,
      enabled: true,
      disabledAt: null,
      sourceKind: null,
      maxAttempts: 1,
      timeoutSeconds: 600,
      parameters: [host],
      searchKeys: ['order.id'],
      sinkType: { name: pipeline.sinkType.name },
      action: { name: pipeline.action.name, module: 'hello.greet', onSuccess: null, onFailure: null },
      usedBy: [],
      lastEvent: null,
    });
  });

  test('is made together with its action', async () => {
    const newAction = { name: 'deploy', module: 'deploy.runner', onFailureId: pipeline.eventType.id };
    const { name, sinkTypeId } = deploy;
    const { status, body } = await call('POST', '', { name, sinkTypeId, newAction });
    expect({ status, body }).toMatchObject({
      status: 201,
      body: { action: { name: 'deploy', module: 'deploy.runner', onFailure: { id: pipeline.eventType.id } } },
    });
    const action = await callRest(web, bearer(pipeline.apiToken), 'GET', `/actions/${body.actionId}`);
    expect(action.body).toMatchObject({ version: 1, usedBy: [{ id: body.id }] });
  });

  test('that is refused leaves no action behind', async () => {
    const newAction = { name: 'left-over', module: 'deploy.runner' };
    const { name, sinkTypeId } = pipeline.eventType;
    expect((await call('POST', '', { name, sinkTypeId, newAction })).status).toBe(409);
    const { body } = await callRest(web, bearer(pipeline.apiToken), 'GET', '/actions?search=left-over');
    expect(body.actions).toEqual([]);
  });

  test('is listed by name with its latest event, by what it runs and whether it is enabled', async () => {
    const eventId = await acceptOne(web.services, pipeline);
    const { id } = await create({ name: 'aaa', enabled: false });
    const all = (await call('GET', '')).body as { eventTypes: object[] };
    expect(all.eventTypes).toMatchObject([
      { id, enabled: false, disabledAt: expect.any(String), lastEvent: null },
      {
        id: pipeline.eventType.id,
        lastEvent: { id: eventId, state: 'QUEUED' },
        usedBy: [{ id: pipeline.source.id, how: 'WEBHOOK' }],
      },
    ]);
    for (const [query, ids] of [
      ['enabled=false', [id]],
      ['enabled=true', [pipeline.eventType.id]],
      ['search=aa', [id]],
      [`sinkTypeId=${newId('sinkType')}`, []],
      [`actionId=${pipeline.action.id}&limit=1`, [id]],
    ] as const) {
      const { eventTypes } = (await call('GET', `?${query}`)).body as { eventTypes: { id: string }[] };
      expect(eventTypes.map((one) => one.id)).toEqual(ids);
    }
  });

  test('is saved as its next version, and every version is kept with its author and parameters', async () => {
    const made = await create({ parameters: [host] });
    const changed = await call('PUT', `/${made.id}`, editable(made, { parameters: [] }));
    expect(changed).toMatchObject({ status: 200, body: { version: 2, parameters: [] } });
    const restored = await call('POST', `/${made.id}/restore`, { version: 2, restore: 1 });
    expect(restored).toMatchObject({ status: 200, body: { version: 3, parameters: [host] } });
    const { versions } = (await call('GET', `/${made.id}/versions`)).body as { versions: { version: number }[] };
    expect(versions.map(({ version }) => version)).toEqual([3, 2, 1]);
    expect(versions[2]).toMatchObject({
      author: { name: expect.any(String) },
      body: { ...deploy, parameters: [host] },
    });
  });

  test('that was made without a version gets one before its first change, to be restored', async () => {
    const { id, name } = pipeline.eventType;
    await call('POST', `/${id}/disable`, {});
    const { versions } = (await call('GET', `/${id}/versions`)).body as { versions: object[] };
    expect(versions).toMatchObject([
      { version: 2, body: { enabled: false } },
      { version: 1, body: { enabled: true, name }, author: { id: null, name: 'installation' } },
    ]);
  });

  test('that is disabled stays so when an earlier version is brought back', async () => {
    const { id } = await create();
    await call('POST', `/${id}/disable`, {});
    const { body } = await call('POST', `/${id}/restore`, { version: 2, restore: 1 });
    expect(body).toMatchObject({ version: 3, enabled: false, disabledAt: expect.any(String) });
  });

  test('of which that version never was is not restored', async () => {
    const { id } = await create();
    expect((await call('POST', `/${id}/restore`, { version: 1, restore: 7 })).status).toBe(404);
  });

  test('that somebody saved meanwhile is not saved over: the answer names the version that stands', async () => {
    const made = await create();
    await call('PUT', `/${made.id}`, editable(made, { name: 'theirs' }));
    const late = await call('PUT', `/${made.id}`, editable(made, { name: 'mine' }));
    expect(late).toMatchObject({ status: 409, body: { code: 'conflict', currentVersion: 2 } });
    expect((await call('GET', `/${made.id}`)).body.name).toBe('theirs');
  });

  test('of two saves at the same moment one is kept and the other is told', async () => {
    const made = await create();
    const saves = await Promise.all(['a', 'b'].map((name) => call('PUT', `/${made.id}`, editable(made, { name }))));
    expect(saves.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  test('is disabled with word of what fires it, and enabled again', async () => {
    const { id } = pipeline.eventType;
    const disabled = await call('POST', `/${id}/disable`, {});
    expect(disabled).toMatchObject({
      status: 200,
      body: { enabled: false, version: 2, disabledAt: expect.any(String), usedBy: [{ name: pipeline.source.name }] },
    });
    expect((await call('POST', `/${id}/disable`, {})).body.version).toBe(2);
    expect((await call('POST', `/${id}/enable`, {})).body).toMatchObject({
      enabled: true,
      disabledAt: null,
      version: 3,
    });
  });
});

describe('deleting', () => {
  test('takes what nothing uses', async () => {
    const { id } = await create({ parameters: [host] });
    expect((await call('DELETE', `/${id}`)).status).toBe(204);
    expect((await call('GET', `/${id}`)).status).toBe(404);
  });

  test('is refused with everything that fires it and the events that are open', async () => {
    const { eventType, source, tenant } = pipeline;
    const eventId = await acceptOne(web.services, pipeline);
    const newAction = { name: 'before', module: 'before.run', onSuccessId: eventType.id, onFailureId: eventType.id };
    const { actionId } = await create({ actionId: undefined, newAction });
    await database.sql.run(
      `INSERT INTO schedules (tenant_id, id, name, event_type_id, cron, time_zone)
       SELECT tenant_id, UNHEX(REPLACE(UUID(), '-', '')), 'nightly', id, '0 2 * * *', 'UTC' FROM event_types WHERE name = ?`,
      [eventType.name],
    );
    const { status, body } = await call('DELETE', `/${eventType.id}`);
    expect({ status, body }).toMatchObject({
      status: 409,
      body: {
        code: 'in_use',
        detail: `${eventType.name} is fired by 4 others and has events that wait or run: 1.`,
        references: [
          { id: actionId, name: 'before', how: 'on success' },
          { id: actionId, name: 'before', how: 'on failure' },
          { id: source.id, name: source.name, how: 'WEBHOOK' },
          { name: 'nightly', how: 'off' },
          { id: eventId, how: 'waits' },
        ],
      },
    });
    expect(tenant.id).toBeDefined();
    expect((await call('GET', `/${eventType.id}`)).status).toBe(200);
  });
});

describe('a save is refused', () => {
  const bounds = (field: string, value: unknown): [string, () => object, number, string] => [
    `${field} ${value}`,
    () => ({ [field]: value }),
    400,
    field,
  ];
  test.each<[string, () => object, number, string]>([
    ['a name that is taken', () => ({ name: pipeline.eventType.name }), 409, 'name'],
    ['a sink type that is not there', () => ({ sinkTypeId: newId('sinkType') }), 422, 'sinkTypeId'],
    ['an action that is not there', () => ({ actionId: newId('action') }), 422, 'actionId'],
    ['no action at all', () => ({ actionId: undefined }), 422, 'actionId'],
    ['two actions', () => ({ newAction: { name: 'b', module: 'b.run' } }), 422, 'actionId'],
    ['a new action of a name that is taken', () => ofNew({ name: pipeline.action.name }), 409, 'newAction.name'],
    ['a new action whose module is a path', () => ofNew({ module: '../x' }), 422, 'newAction.module'],
    [
      'a new action that is followed by nothing there is',
      () => ofNew({ onSuccessId: newId('eventType') }),
      422,
      'newAction.onSuccessId',
    ],
    ['a schema that is none', () => ({ payloadSchema: '{"type":"text"}' }), 422, 'payloadSchema'],
    ['a search key with a space', () => ({ searchKeys: ['a b'] }), 400, 'searchKeys[0]'],
    ['the same search key twice', () => ({ searchKeys: ['a', 'a'] }), 422, 'searchKeys[1]'],
    ['nine search keys', () => ({ searchKeys: [...'abcdefghi'] }), 400, 'searchKeys'],
    [
      'a static value that is not JSON',
      () => ({ parameters: [{ ...host, value: 'web-1' }] }),
      422,
      'parameters[0].value',
    ],
    ['a source kind that there is not', () => ({ sourceKind: 'FAX' }), 400, 'sourceKind'],
    ['a field that there is not', () => ({ tenantId: newId('tenant') }), 400, ''],
    ['a name with markup', () => ({ name: '<img onerror=x>' }), 400, 'name'],
    bounds('maxAttempts', 0),
    bounds('maxAttempts', 21),
    bounds('timeoutSeconds', 0),
    bounds('timeoutSeconds', 86_401),
    bounds('backoffSeconds', -1),
    bounds('queueTtlSeconds', 1.5),
  ])('for %s', async (_, more, status, path) => {
    const answer = await call('POST', '', { ...deploy, ...more() });
    expect(answer).toMatchObject({ status, body: { errors: [{ path }] } });
    expect((await call('GET', '?search=deploy.app')).body.eventTypes).toEqual([]);
  });

  const ofNew = (more: object) => ({ actionId: undefined, newAction: { name: 'new', module: 'new.run', ...more } });

  test("for another tenant's sink type or action", async () => {
    const foreign = await makePipeline(database);
    expect((await call('POST', '', { ...deploy, sinkTypeId: foreign.sinkType.id })).status).toBe(422);
    expect((await call('POST', '', { ...deploy, actionId: foreign.action.id })).status).toBe(422);
  });
});

test('every change is in the audit log with what was before and after', async () => {
  const made = await create();
  await call('PUT', `/${made.id}`, editable(made, { timeoutSeconds: 5 }));
  await call('POST', `/${made.id}/disable`, {});
  await call('POST', `/${made.id}/enable`, {});
  await call('DELETE', `/${made.id}`);
  const rows = await database.sql.query<{ action: string; before: Buffer | null; after: Buffer | null }>(
    'SELECT action, `before`, after FROM audit_entries WHERE object_id = ? ORDER BY id',
    [String(made.id)],
  );
  const timeout = (json: Buffer | null) =>
    json && (JSON.parse(json.toString()) as { timeoutSeconds: number }).timeoutSeconds;
  expect(rows.map((row) => [row.action, timeout(row.before), timeout(row.after)])).toEqual([
    ['event_type.created', null, 600],
    ['event_type.updated', 600, 5],
    ['event_type.disabled', 5, 5],
    ['event_type.enabled', 5, 5],
    ['event_type.deleted', 5, null],
  ]);
});

test.each<[Role, number]>([
  ['owner', 201],
  ['admin', 201],
  ['editor', 201],
  ['operator', 403],
  ['viewer', 403],
])('%s: making an event type is answered %i', async (role, status) => {
  const { tenant } = pipeline;
  const user = await makeUser(database, tenant.id, role);
  const cookie = { cookie: await signInAs(web, user), 'sec-fetch-site': 'same-origin' };
  expect((await call('POST', `?tenant=${tenant.slug}`, deploy, cookie)).status).toBe(status);
});
