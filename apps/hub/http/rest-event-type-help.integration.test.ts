import { testDatabase } from '@nexomatic/testkit/database';
import { makeEventType, makePipeline } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { callRest } from './testing/call-rest.ts';
import { bearer, openTestWeb } from './testing/open-test-web.ts';
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

describe('a save warns, and a check before it says the same', () => {
  const codes = (body: Record<string, unknown>) => (body.warnings as { code: string }[]).map(({ code }) => code);

  test('of sinks that are not there to run it, of secrets that are not set and of keys never seen', async () => {
    await acceptOne(web.services, pipeline, '{"name":"Ada"}');
    const parameters = [
      { key: 'a', kind: 'DATA', value: 'name' },
      { key: 'b', kind: 'DATA', value: '/user/name' },
      { key: 'c', kind: 'SECRET', value: 'API_TOKEN' },
    ];
    const { eventType } = pipeline;
    const saved = await call('PUT', `/${eventType.id}`, editable({ ...eventType }, { parameters }));
    expect(saved.body.warnings).toEqual([
      expect.objectContaining({ code: 'no_sink_online', path: 'sinkTypeId' }),
      expect.objectContaining({ code: 'secret_missing', path: 'parameters[2].value' }),
      {
        code: 'data_key_unseen',
        path: 'parameters[1].value',
        message: 'the only payload so far does not have /user/name',
      },
    ]);
    const { sinkTypeId, actionId } = eventType;
    const checked = await call('POST', '/check', { id: eventType.id, sinkTypeId, actionId, parameters });
    expect(checked).toMatchObject({ status: 200, body: { errors: [], warnings: saved.body.warnings } });
  });

  test('of a chain that comes back, and of a follow-on that is disabled', async () => {
    const { eventType, sinkType } = pipeline;
    const disabled = await makeEventType(database, pipeline, { enabled: false });
    const newAction = { name: 'loop', module: 'loop.run', onSuccessId: eventType.id, onFailureId: disabled.id };
    const draft = { ...editable({ ...eventType }), actionId: undefined, newAction };
    const checked = await call('POST', '/check', {
      id: eventType.id,
      name: eventType.name,
      sinkTypeId: sinkType.id,
      newAction,
    });
    expect(codes(checked.body)).toEqual(['no_sink_online', 'target_disabled', 'chain_loop']);
    const saved = await call('PUT', `/${eventType.id}`, draft);
    expect(codes(saved.body)).toEqual(codes(checked.body));
    expect(saved.body.warnings).toContainEqual(
      expect.objectContaining({ message: expect.stringContaining(`${eventType.name} → ${eventType.name}`) }),
    );
  });

  test('and the check tells what the save would be refused for', async () => {
    const { body } = await call('POST', '/check', {
      name: pipeline.eventType.name,
      newAction: { name: pipeline.action.name, module: 'a..b' },
      payloadSchema: '{"type":"text"}',
    });
    const errors = body.errors as { path: string }[];
    expect([...new Set(errors.map(({ path }) => path))]).toEqual([
      'name',
      'newAction.name',
      'newAction.module',
      'payloadSchema',
    ]);
  });

  test('and the check finds nothing wrong with the name that the event type itself has', async () => {
    const { id, name } = pipeline.eventType;
    expect((await call('POST', '/check', { id, name })).body).toEqual({ errors: [], warnings: [] });
  });
});

test('the chain holds what leads to an event type and what follows, and nothing else', async () => {
  const chained = async (name: string, more: object) =>
    (await create({ name, actionId: undefined, newAction: { name, module: 'm.run', ...more } })).id as string;
  const { eventType, source } = pipeline;
  const last = await chained('last', {});
  const middle = await chained('middle', { onSuccessId: last, onFailureId: eventType.id });
  const first = await chained('first', { onSuccessId: middle });
  await chained('beside', {});
  const { body } = await call('GET', `/${middle}/chain`);
  const nodes = body.nodes as { id: string; name: string }[];
  expect(nodes.map(({ name }) => name).sort()).toEqual(['first', 'last', 'middle', eventType.name].sort());
  expect(nodes.find(({ id }) => id === eventType.id)).toMatchObject({
    firedBy: [{ id: source.id, how: 'WEBHOOK' }],
    action: { name: pipeline.action.name },
  });
  expect(body).toMatchObject({ truncated: false });
  expect(new Set((body.edges as object[]).map((edge) => JSON.stringify(edge)))).toEqual(
    new Set(
      [
        { from: first, to: middle, edge: 'success' },
        { from: middle, to: last, edge: 'success' },
        { from: middle, to: eventType.id, edge: 'failure' },
      ].map((edge) => JSON.stringify(edge)),
    ),
  );
});

test('samples hold the latest payload, and every key as a DATA parameter names it', async () => {
  const { id } = pipeline.eventType;
  expect((await call('GET', `/${id}/samples`)).body).toEqual({ looked: 0, latest: null, paths: [] });
  await acceptOne(web.services, pipeline, '{"order":{"id":7,"a/b":[1]},"n":1}');
  await acceptOne(web.services, pipeline, `{"big":"${'x'.repeat(70_000)}"}`);
  const eventId = await acceptOne(web.services, pipeline, '{"n":"one"}');
  const { body } = await call('GET', `/${id}/samples`);
  expect(body).toMatchObject({ looked: 2, latest: { eventId, text: '{"n":"one"}' } });
  expect(body.paths).toEqual([
    { path: 'n', types: ['string', 'number'], seen: 2, example: '"one"' },
    { path: 'order', types: ['object'], seen: 1, example: '{"id":7,"a/b":[1]}' },
    { path: '/order/id', types: ['number'], seen: 1, example: '7' },
    { path: '/order/a~1b', types: ['array'], seen: 1, example: '[1]' },
  ]);
});

describe('a dry run', () => {
  test('resolves parameters and checks the payload, and fires nothing', async () => {
    const parameters = [
      host,
      { key: 'id', kind: 'DATA', value: '/order/id' },
      { key: 'token', kind: 'SECRET', value: 'API_TOKEN' },
    ];
    const made = await create({ parameters, payloadSchema: '{"required":["order"]}', enabled: false });
    const { status, body } = await call('POST', `/${made.id}/dry-run`, { payload: { order: { id: 7 } } });
    expect({ status, body }).toMatchObject({
      status: 200,
      body: {
        ok: false,
        payloadErrors: [],
        problems: [expect.stringMatching(/disabled/), expect.stringMatching(/^No sink of type .* is online/)],
        parameters: [
          { key: 'host', json: '"web-1"', problem: null },
          { key: 'id', json: '7', problem: null, origin: 'event_type' },
          { key: 'token', json: null, problem: 'parameter "token": no secret "API_TOKEN" is set' },
        ],
      },
    });
    const bad = await call('POST', `/${made.id}/dry-run`, {});
    expect(bad.body).toMatchObject({
      payloadErrors: [],
      parameters: [{}, { key: 'id', problem: 'parameter "id": the payload has no value at "/order/id"' }, {}],
    });
    expect((await call('GET', `/${made.id}`)).body.lastEvent).toBeNull();
  });

  test('is fine where everything is there', async () => {
    await database.sql.run("UPDATE sinks SET status = 'ONLINE' WHERE name = ?", [pipeline.sink.name]);
    const { body } = await call('POST', `/${pipeline.eventType.id}/dry-run`, { payload: 1 });
    expect(body).toEqual({ ok: true, problems: [], payloadErrors: [], parameters: [] });
  });
});
