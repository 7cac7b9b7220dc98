import type { Id } from '@nexomatic/contracts/id';
import { EventType } from '@nexomatic/db/entities/event-type';
import { makeEventType, makeSchedule, makeSink, makeSinkType, makeTenant } from '@nexomatic/testkit/factories';
import { describe, expect, test } from 'vitest';
import { auditOf } from './testing/call-rest.ts';
import { openRest } from './testing/open-rest.ts';
import { bearer } from './testing/open-test-web.ts';

const rest = await openRest();
const { database, web, call } = rest;

/** An event of the rest.pipeline, waiting; or running on its sink. */
async function fire(): Promise<string> {
  return String((await call('POST', '/events', { type: rest.pipeline.eventType.name })).body.id);
}
async function run(): Promise<string> {
  const eventId = await fire();
  const answer = await web.post(
    '/trpc/sink.claim',
    { tickets: [{ eventId, attempt: 1 }] },
    { headers: bearer(rest.pipeline.sinkToken) },
  );
  expect(await answer.text()).toContain('claimed');
  return eventId;
}
const beat = async () =>
  (
    await web.post(
      '/trpc/sink.heartbeat',
      { slotsBusy: 0, stopping: false },
      { headers: bearer(rest.pipeline.sinkToken) },
    )
  ).status;

describe('a sink', () => {
  test('is shown with its type, what it runs and what waits for it', async () => {
    const eventId = await run();
    await fire();
    const sink = (await call('GET', `/sinks/${rest.pipeline.sink.id}`)).body;
    expect(sink).toMatchObject({
      name: rest.pipeline.sink.name,
      type: { id: rest.pipeline.sinkType.id, name: rest.pipeline.sinkType.name, runtime: 'PYTHON' },
      ...{ status: 'OFFLINE', slots: 4, running: 1, waiting: 1, hostname: null },
      runningEvents: [{ id: eventId, type: rest.pipeline.eventType.name }],
    });
  });

  test('is listed by name, by type and by status', async () => {
    const other = await makeSinkType(database, rest.pipeline.tenant.id);
    await makeSink(database, other, { name: 'aaa', status: 'PAUSED' });
    const names = async (query: string) =>
      ((await call('GET', `/sinks?${query}`)).body as { sinks: { name: string }[] }).sinks.map(({ name }) => name);
    expect(await names('')).toEqual(['aaa', rest.pipeline.sink.name]);
    expect(await names(`type=${rest.pipeline.sinkType.name}`)).toEqual([rest.pipeline.sink.name]);
    expect(await names('status=PAUSED')).toEqual(['aaa']);
    expect(await names('type=nothing')).toEqual([]);
    expect((await call('GET', '/sinks?status=BUSY')).status).toBe(400);
  });

  test('is renamed while it works', async () => {
    const answer = await call('PUT', `/sinks/${rest.pipeline.sink.id}`, { name: 'web-1', description: 'rack 4' });
    expect(answer).toMatchObject({ status: 200, body: { name: 'web-1', description: 'rack 4' } });
    expect(await beat()).toBe(200);
    expect(await auditOf(web, rest.pipeline.sink.id)).toMatchObject([
      { action: 'sink.updated', before: { name: rest.pipeline.sink.name }, after: { name: 'web-1' } },
    ]);
  });

  test('can not take the name of another one', async () => {
    const { sink } = await makeSink(database, rest.pipeline.sinkType);
    const answer = await call('PUT', `/sinks/${rest.pipeline.sink.id}`, { name: sink.name });
    expect(answer).toMatchObject({ status: 409, body: { errors: [{ path: 'name' }] } });
  });

  test('that was removed is refused at its next word', async () => {
    expect(await beat()).toBe(200);
    expect((await call('DELETE', `/sinks/${rest.pipeline.sink.id}`)).status).toBe(204);
    expect(await beat()).toBe(401);
    expect((await call('GET', `/sinks/${rest.pipeline.sink.id}`)).status).toBe(404);
  });

  test('that runs events is only removed by force, and the answer names them', async () => {
    const eventId = await run();
    expect(await call('DELETE', `/sinks/${rest.pipeline.sink.id}`)).toMatchObject({
      status: 409,
      body: { code: 'in_use', references: [{ id: eventId, name: rest.pipeline.eventType.name, how: 'runs on it' }] },
    });
    expect(await beat()).toBe(200);
    expect((await call('DELETE', `/sinks/${rest.pipeline.sink.id}?force=true`)).status).toBe(204);
    expect(await beat()).toBe(401);
  });

  test('that a schedule is pinned to stays, whatever the force', async () => {
    const schedule = await makeSchedule(database, rest.pipeline.eventType, { pinnedSinkId: rest.pipeline.sink.id });
    expect(await call('DELETE', `/sinks/${rest.pipeline.sink.id}?force=true`)).toMatchObject({
      status: 409,
      body: { code: 'in_use', references: [{ id: schedule.id, how: 'is pinned to it' }] },
    });
  });
});

describe('a sink with a standing token', () => {
  const made = (given: Record<string, unknown> = {}) =>
    call('POST', '/sinks', { sinkTypeId: rest.pipeline.sinkType.id, name: 'pod-1', ...given });
  const beatBy = async (token: unknown) => {
    const answer = await web.post(
      '/trpc/sink.heartbeat',
      { slotsBusy: 0, stopping: false },
      { headers: bearer(String(token)) },
    );
    return answer.status;
  };

  test('is made, is let in by it, and the token is shown to nobody again', async () => {
    const { status, location, body } = await made({ labels: { zone: 'eu' }, description: 'no disk' });
    const { token, id } = body;
    expect({ status, location }).toEqual({ status: 201, location: `/api/v1/sinks/${id}` });
    expect(body).toMatchObject({ name: 'pod-1', credential: 'token', labels: { zone: 'eu' }, description: 'no disk' });
    expect(token).toMatch(/^nxs_[A-Za-z0-9_-]{43}$/);
    expect(await beatBy(token)).toBe(200);
    const seen = [(await call('GET', `/sinks/${id}`)).body, (await call('GET', '/sinks')).body, await auditOf(web, id)];
    expect(JSON.stringify(seen)).not.toContain(token);
    expect(seen[2]).toMatchObject([{ action: 'sink.created', after: { name: 'pod-1', credential: 'token' } }]);
  });

  test('can not be made under the name of another, before that one was revoked; then it comes back', async () => {
    const { body: first } = await made();
    expect(await made()).toMatchObject({ status: 409, body: { errors: [{ path: 'name' }] } });
    expect((await call('POST', `/sinks/${first.id}/revoke`, {})).status).toBe(204);
    expect(await beatBy(first.token)).toBe(401);
    const { status, body: second } = await made();
    expect({ status, id: second.id }).toEqual({ status: 201, id: first.id });
    expect([await beatBy(first.token), await beatBy(second.token)]).toEqual([401, 200]);
  });

  test('is of a type of the same tenant', async () => {
    const foreign = await makeSinkType(database, (await makeTenant(database)).id);
    expect((await made({ sinkTypeId: foreign.id })).status).toBe(404);
    expect((await made({ name: 'a b' })).status).toBe(400);
  });
});

describe('a sink type', () => {
  const make = async (name = 'LINUX:PYTHON') => (await call('POST', '/sink-types', { name, runtime: 'PYTHON' })).body;

  test('is made, described, listed and deleted', async () => {
    const created = await call('POST', '/sink-types', { name: 'LINUX:PYTHON', runtime: 'PYTHON' });
    const { id } = created.body;
    expect(created).toMatchObject({
      status: 201,
      location: `/api/v1/sink-types/${id}`,
      body: { version: 1, sinks: { total: 0, online: 0 }, usedBy: [] },
    });
    const renamed = { name: 'LINUX:PYTHON3', runtime: 'PYTHON', description: 'Debian', version: 1 };
    expect(await call('PUT', `/sink-types/${id}`, renamed)).toMatchObject({ status: 200, body: { version: 2 } });
    expect(await call('PUT', `/sink-types/${id}`, renamed)).toMatchObject({ status: 409, body: { currentVersion: 2 } });
    expect((await call('GET', '/sink-types')).body.sinkTypes).toMatchObject([
      { name: 'LINUX:PYTHON3', description: 'Debian' },
      {
        name: rest.pipeline.sinkType.name,
        sinks: { total: 1, online: 0 },
        usedBy: [{ id: rest.pipeline.eventType.id }],
      },
    ]);
    expect((await call('DELETE', `/sink-types/${id}`)).status).toBe(204);
    expect((await call('GET', `/sink-types/${id}`)).status).toBe(404);
    expect((await auditOf(web, id)).map(({ action }) => action)).toEqual([
      ...['sink_type.created', 'sink_type.updated', 'sink_type.deleted'],
    ]);
  });

  test('keeps its name while there are sinks of it, since their queue bears it', async () => {
    const { id, name, runtime } = rest.pipeline.sinkType;
    const fields = { name, runtime, version: 1 };
    for (const change of [{ name: 'other' }, { runtime: 'POWERSHELL' }])
      expect(await call('PUT', `/sink-types/${id}`, { ...fields, ...change })).toMatchObject({
        status: 409,
        body: { code: 'in_use', references: [{ id: rest.pipeline.sink.id, how: 'is of this type' }] },
      });
    expect((await call('PUT', `/sink-types/${id}`, { ...fields, description: 'x' })).status).toBe(200);
  });

  test('that event types or sinks use stays, and the answer lists them', async () => {
    expect(await call('DELETE', `/sink-types/${rest.pipeline.sinkType.id}`)).toMatchObject({
      status: 409,
      body: { code: 'in_use', references: [{ id: rest.pipeline.eventType.id }, { id: rest.pipeline.sink.id }] },
    });
  });

  test('that events still wait for stays', async () => {
    const { id } = (await make()) as { id: Id<'sinkType'> };
    const em = database.tenantEm(rest.pipeline.tenant.id);
    const moveTo = (sinkTypeId: Id<'sinkType'>) =>
      em.nativeUpdate(EventType, { id: rest.pipeline.eventType.id }, { sinkTypeId });
    await moveTo(id);
    await fire();
    await moveTo(rest.pipeline.sinkType.id);
    expect(await call('DELETE', `/sink-types/${id}`)).toMatchObject({ status: 409, body: { code: 'in_use' } });
  });

  test.each([
    ['a runtime that there is not', { name: 'x', runtime: 'RUBY' }, 400, 'runtime'],
    ['a name with spaces', { name: 'a b', runtime: 'PYTHON' }, 400, 'name'],
  ])('is refused for %s', async (_, input, status, path) => {
    expect(await call('POST', '/sink-types', input)).toMatchObject({ status, body: { errors: [{ path }] } });
  });

  test('is refused for a name that is taken', async () => {
    await make();
    expect(await make()).toMatchObject({ code: 'conflict', errors: [{ path: 'name' }] });
  });
});

test('events that wait are counted by the type of sink that their event type runs on', async () => {
  const other = await makeSinkType(database, rest.pipeline.tenant.id);
  const { sink } = await makeSink(database, other);
  const second = await makeEventType(database, { sinkType: other, action: rest.pipeline.action });
  await call('POST', '/events', { type: second.name });
  await call('POST', '/events', { type: second.name });
  await fire();
  expect((await call('GET', `/sinks/${sink.id}`)).body).toMatchObject({ running: 0, waiting: 2 });
  expect((await call('GET', `/sinks/${rest.pipeline.sink.id}`)).body).toMatchObject({ running: 0, waiting: 1 });
});
