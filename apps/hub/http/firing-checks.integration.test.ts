import { type Id, idToBytes } from '@nexomatic/contracts/id';
import type { Role } from '@nexomatic/contracts/permission';
import { EventType } from '@nexomatic/db/entities/event-type';
import { testDatabase } from '@nexomatic/testkit/database';
import { makeApiToken, makeEventType, makePipeline, makeSource, makeUser } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, describe, expect, test } from 'vitest';
import { callRest } from './testing/call-rest.ts';
import { bearer, openTestWeb, signInAs } from './testing/open-test-web.ts';
import { sinkHand, sinkOf } from './testing/run-event.ts';

const database = await testDatabase();
const web = await openTestWeb({ databaseUrl: database.url, redisUrl: await testRedis() });
afterAll(() => web.close());
const pipeline = await makePipeline(database);
const { tenant, sinkType, action, apiToken } = pipeline;

const makeType = (given: Parameters<typeof makeEventType>[2]) => makeEventType(database, { sinkType, action }, given);
const fire = (body: unknown, headers: Record<string, string> = bearer(apiToken)) =>
  callRest(web, headers, 'POST', '/events', body);

async function post(key: string, body: string) {
  const response = await web.get(`/h/${key}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

async function eventCount(id: Id<'eventType'>): Promise<number> {
  const [row] = await database.sql.query<{ n: number }>('SELECT COUNT(*) AS n FROM events WHERE event_type_id = ?', [
    idToBytes(id),
  ]);
  return Number(row?.n);
}

const activityOf = async (id: unknown) => {
  const { body } = await callRest(web, bearer(apiToken), 'GET', `/events/${id}`);
  return body.activity as { verb: string; actor: string; detail: string }[];
};

describe('an event type for one kind of source', () => {
  test('is fired by a person or program with the right, and the event shows who used it', async () => {
    const type = await makeType({ sourceKind: 'WEBHOOK' });
    const { status, body } = await fire({ type: type.name });
    expect(status).toBe(201);
    expect(await activityOf(body.id)).toMatchObject([
      {
        verb: 'bypassed',
        actor: expect.stringMatching(/^apiToken:/),
        detail: 'the event type is fired by WEBHOOK sources',
      },
    ]);
  });

  test.each<[Role, number]>([
    ['owner', 201],
    ['admin', 201],
    ['editor', 201],
    ['operator', 403],
    ['viewer', 403],
  ])('firing it as %s is answered %i', async (role, status) => {
    const type = await makeType({ sourceKind: 'SCHEDULER' });
    const user = await makeUser(database, tenant.id, role);
    const headers = { cookie: await signInAs(web, user), 'sec-fetch-site': 'same-origin' };
    const answer = await callRest(web, headers, 'POST', `/events?tenant=${tenant.slug}`, { type: type.name });
    expect(answer.status).toBe(status);
    if (status === 201) expect(await activityOf(answer.body.id)).toMatchObject([{ actor: `user:${user.name}` }]);
    else expect(await eventCount(type.id)).toBe(0);
  });

  test('is not fired by a program whose token does not reach that far', async () => {
    const type = await makeType({ sourceKind: 'WEBHOOK' });
    const { token } = await makeApiToken(database, tenant.id, { scopes: 'events.fire' });
    expect(await fire({ type: type.name }, bearer(token))).toMatchObject({
      status: 403,
      body: { code: 'forbidden', detail: expect.stringContaining('events.bypass') },
    });
  });

  test('is fired by a source of that kind, which uses no right', async () => {
    const type = await makeType({ sourceKind: 'WEBHOOK' });
    const { key } = await makeSource(database, type);
    const { status, body } = await post(key, '{}');
    expect(status).toBe(202);
    expect(await activityOf(body.eventId)).toEqual([]);
  });

  test('is not fired by a source of another', async () => {
    const type = await makeType({ sourceKind: 'SCHEDULER' });
    const { key } = await makeSource(database, type);
    expect(await post(key, '{}')).toMatchObject({
      status: 422,
      body: { code: 'unprocessable', detail: expect.stringContaining('SCHEDULER sources alone') },
    });
    expect(await eventCount(type.id)).toBe(0);
  });

  test('is run again by an operator as it was, and with another payload only by somebody with the right', async () => {
    const type = await makeType({ sourceKind: 'SCHEDULER' });
    const { body } = await fire({ type: type.name, payload: 1 });
    const id = body.id as Id<'event'>;
    const sink = sinkHand(web.services, sinkOf(pipeline), id);
    await sink.claim();
    await sink.end('SUCCESS');
    const operator = await makeUser(database, tenant.id, 'operator');
    const headers = { cookie: await signInAs(web, operator), 'sec-fetch-site': 'same-origin' };
    const rerun = (payload: object) =>
      callRest(web, headers, 'POST', `/events/${id}/rerun?tenant=${tenant.slug}`, payload);
    expect((await rerun({})).status).toBe(200);
    expect((await rerun({ payload: 2 })).status).toBe(403);
    const again = await callRest(web, bearer(apiToken), 'POST', `/events/${id}/rerun`, { payload: 2 });
    expect((await activityOf(again.body.id)).map(({ verb }) => verb)).toEqual(['rerun', 'bypassed']);
  });

  test('of CUSTOM sources is fired by the API without any right but to fire', async () => {
    const type = await makeType({ sourceKind: 'CUSTOM' });
    const { token } = await makeApiToken(database, tenant.id, { scopes: 'events.fire' });
    expect((await fire({ type: type.name }, bearer(token))).status).toBe(201);
  });
});

describe('an event type with a schema', async () => {
  const payloadSchema =
    '{"type":"object","required":["id"],"properties":{"user":{"properties":{"name":{"type":"string"}}}}}';
  const type = await makeType({ payloadSchema });
  const errors = [
    { path: '/id', message: 'is missing' },
    { path: '/user/name', message: 'must be string' },
  ];
  const bad = { user: { name: 1 } };

  test('is fired with a payload that passes', async () => {
    expect((await fire({ type: type.name, payload: { id: 1 } })).status).toBe(201);
  });

  test('refuses one that does not, with the places', async () => {
    const before = await eventCount(type.id);
    expect(await fire({ type: type.name, payload: bad })).toMatchObject({
      status: 422,
      body: { code: 'payload_invalid', errors },
    });
    expect(await eventCount(type.id)).toBe(before);
  });

  test('refuses it in a webhook as well', async () => {
    const { key } = await makeSource(database, type);
    const before = await eventCount(type.id);
    expect(await post(key, JSON.stringify(bad))).toMatchObject({
      status: 422,
      body: { code: 'payload_invalid', errors },
    });
    expect(await eventCount(type.id)).toBe(before);
    expect((await post(key, '{"id":1}')).status).toBe(202);
  });

  test('checks by the new schema as soon as it is saved', async () => {
    const { id, name, sinkTypeId, actionId } = await makeType({ payloadSchema: '{"type":"string"}' });
    expect((await fire({ type: name, payload: 'a' })).status).toBe(201);
    const body = { name, sinkTypeId, actionId, version: 1, payloadSchema: '{"type":"number"}' };
    await callRest(web, bearer(apiToken), 'PUT', `/event-types/${id}`, body);
    expect((await fire({ type: name, payload: 'a' })).status).toBe(422);
    expect((await fire({ type: name, payload: 1 })).status).toBe(201);
  });

  test('keeps one compiled schema per version, however often the definition is read anew', async () => {
    const { id } = await makeType({ payloadSchema: '{"type":"string"}' });
    const { definitions } = web.services;
    const first = await definitions.eventType(tenant.id, id);
    definitions.forgetAll();
    const again = await definitions.eventType(tenant.id, id);
    expect(again).not.toBe(first);
    expect(again?.payloadCheck).toBe(first?.payloadCheck);
    await database.tenantEm(tenant.id).nativeUpdate(EventType, { id }, { payloadSchema: '{}', version: 2 });
    definitions.forgetAll();
    expect((await definitions.eventType(tenant.id, id))?.payloadCheck).not.toBe(first?.payloadCheck);
  });
});
