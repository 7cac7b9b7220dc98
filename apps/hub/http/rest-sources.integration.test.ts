import { newId } from '@nexomatic/contracts/id';
import { makeEventType, makePipeline } from '@nexomatic/testkit/factories';
import { describe, expect, test } from 'vitest';
import { auditOf } from './testing/call-rest.ts';
import { openRest } from './testing/open-rest.ts';

const rest = await openRest();
const { database, web, call } = rest;
const webhook = (more: object = {}) => ({
  name: 'github',
  kind: 'WEBHOOK',
  description: 'pushes',
  eventTypeId: rest.pipeline.eventType.id,
  ...more,
});
const create = async (more: object = {}) => (await call('POST', '/sources', webhook(more))).body;

/** Sends a webhook to an address that the API told; it stands below the edge, so only its path counts here. */
const send = async (address: unknown) => {
  const { pathname } = new URL(String(address));
  return (await web.post(pathname, { n: 1 })).status;
};

describe('a webhook source', () => {
  test('is made with an address that works at once and is told only then', async () => {
    const { status, location, body } = await call('POST', '/sources', webhook());
    expect({ status, location }).toEqual({ status: 201, location: `/api/v1/sources/${body.id}` });
    expect(body).toMatchObject({ version: 1, enabled: true, sniffJson: true, warnings: [], lastReceivedAt: null });
    expect(body.address).toMatch(/^http:\/\/localhost:4601\/h\/[a-z2-7]{32}$/);
    expect(await send(body.address)).toBe(202);

    const read = (await call('GET', `/sources/${body.id}`)).body;
    const hint = String(body.address).slice(-4);
    expect(read).toMatchObject({ name: 'github', builtIn: false, addressHint: `http://localhost:4601/h/…${hint}` });
    const everywhere = JSON.stringify([read, await call('GET', '/sources'), await auditOf(web, body.id)]);
    expect(everywhere).not.toContain(String(body.address).slice(-32));
  });

  test('gets another address, and the old one is unknown from then on', async () => {
    const { id, address } = await create();
    const rotated = await call('POST', `/sources/${id}/rotate-key`, {});
    expect(rotated).toMatchObject({ status: 200, body: { version: 2 } });
    expect(rotated.body.address).not.toBe(address);
    expect([await send(address), await send(rotated.body.address)]).toEqual([404, 202]);
    expect((await auditOf(web, id)).at(-1)).toMatchObject({
      action: 'source.key_rotated',
      after: { keyHint: String(rotated.body.address).slice(-4) },
    });
  });

  test('fires nothing while it is disabled', async () => {
    const { id, address } = await create();
    expect((await call('POST', `/sources/${id}/disable`, {})).body).toMatchObject({ enabled: false, version: 2 });
    expect(await send(address)).toBe(404);
    expect((await call('POST', `/sources/${id}/disable`, {})).body).toMatchObject({ enabled: false, version: 2 });
    expect((await call('POST', `/sources/${id}/enable`, {})).body).toMatchObject({ enabled: true, version: 3 });
    expect(await send(address)).toBe(202);
  });

  test('tells when it was last heard of, and how many events it fired', async () => {
    const { id, address } = await create();
    await send(address);
    await send(address);
    await expect
      .poll(async () => (await call('GET', `/sources/${id}`)).body.lastReceivedAt)
      .toEqual(expect.any(String));
    // That is no change of the definition: nobody who edits it may be told of a conflict.
    expect((await call('GET', `/sources/${id}`)).body).toMatchObject({ version: 1, eventsLastDay: 2 });
  });

  test('is changed, but never in kind, and not on top of what somebody else saved', async () => {
    const { id } = await create();
    const { kind: _kind, ...fields } = webhook({ name: 'gitlab', sniffJson: false });
    expect(await call('PUT', `/sources/${id}`, { ...fields, version: 1 })).toMatchObject({
      status: 200,
      body: { name: 'gitlab', kind: 'WEBHOOK', sniffJson: false, version: 2 },
    });
    expect(await call('PUT', `/sources/${id}`, { ...fields, version: 1 })).toMatchObject({
      status: 409,
      body: { code: 'conflict', currentVersion: 2 },
    });
    expect((await call('PUT', `/sources/${id}`, { ...webhook(), version: 2 })).status).toBe(400);
  });

  test('is deleted, and its address with it; what it fired stays', async () => {
    const { id, address } = await create();
    await send(address);
    expect((await call('DELETE', `/sources/${id}`)).status).toBe(204);
    expect(await send(address)).toBe(404);
    expect((await call('GET', `/sources/${id}`)).status).toBe(404);
    expect((await call('GET', '/events')).body.events).toMatchObject([{ type: rest.pipeline.eventType.name }]);
    expect((await auditOf(web, id)).map(({ action }) => action)).toEqual(['source.created', 'source.deleted']);
  });
});

test('sources are listed by name, page by page', async () => {
  await create({ name: 'aaa' });
  const first = (await call('GET', '/sources?limit=1')).body;
  expect(first).toMatchObject({ sources: [{ name: 'aaa', eventType: { name: rest.pipeline.eventType.name } }] });
  const next = (await call('GET', `/sources?limit=1&cursor=${first.nextCursor}`)).body;
  expect(next).toMatchObject({ sources: [{ name: rest.pipeline.source.name }], nextCursor: null });
});

test('a custom source has no address', async () => {
  const { status, body } = await call('POST', '/sources', { name: 'erp', kind: 'CUSTOM' });
  expect({ status, body }).toMatchObject({ status: 201, body: { kind: 'CUSTOM', address: null, addressHint: null } });
  expect((await call('POST', `/sources/${body.id}/rotate-key`, {})).body).toMatchObject({ code: 'unprocessable' });
});

describe('a program', () => {
  const fire = (source: string) => call('POST', '/events', { type: rest.pipeline.eventType.name, source });

  test('fires as the custom source that it names', async () => {
    const { id } = (await call('POST', '/sources', { name: 'erp', kind: 'CUSTOM' })).body;
    expect((await fire('erp')).status).toBe(201);
    expect((await call('GET', '/events')).body.events).toMatchObject([{ source: 'erp' }]);
    expect((await call('GET', `/sources/${id}`)).body.eventsLastDay).toBe(1);
  });

  test('is refused as a source that is disabled, of another kind or not there', async () => {
    const { id } = (await call('POST', '/sources', { name: 'erp', kind: 'CUSTOM' })).body;
    await call('POST', `/sources/${id}/disable`, {});
    const answers = [await fire('erp'), await fire(rest.pipeline.source.name), await fire('nothing')];
    expect(answers.map(({ status, body }) => [status, body.errors])).toEqual([
      [422, [{ path: 'source', message: 'it is disabled' }]],
      [422, [{ path: 'source', message: 'not a source of kind CUSTOM' }]],
      [404, [{ path: 'source', message: 'no source has this name' }]],
    ]);
    expect((await call('GET', '/events')).body.events).toEqual([]);
  });
});

test('the source of API calls is shown and can not be changed', async () => {
  await call('POST', '/events', { type: rest.pipeline.eventType.name });
  const { sources } = (await call('GET', '/sources?search=api')).body as { sources: { id: string }[] };
  expect(sources).toMatchObject([{ name: 'api', kind: 'CUSTOM', builtIn: true }]);
  const path = `/sources/${sources[0]?.id}`;
  for (const answer of [
    await call('PUT', path, { version: 1, name: 'other' }),
    await call('POST', `${path}/disable`, {}),
    await call('DELETE', path),
  ])
    expect(answer).toMatchObject({ status: 422, body: { code: 'unprocessable' } });
});

describe('a source is refused', () => {
  test.each([
    ['of kind SCHEDULER, with the reason', { kind: 'SCHEDULER' }, 422, 'kind', 'comes with the first schedule'],
    ['of a kind that there is not', { kind: 'MQTT' }, 400, 'kind', ''],
    ['with a name that is taken', {}, 409, 'name', 'taken'],
    ['with the name of the hub', { name: 'api' }, 422, 'name', 'kept for the hub'],
    ['with markup for a name', { name: '<b>' }, 400, 'name', ''],
    ['with an event type that is not there', { eventTypeId: newId('eventType') }, 422, 'eventTypeId', 'not here'],
    ['of kind CUSTOM with an event type', { kind: 'CUSTOM' }, 422, 'eventTypeId', 'has no event type'],
    ['with a field that there is not', { keyHash: 'x' }, 400, '', ''],
  ])('%s', async (_, more, status, path, detail) => {
    const name = 'name' in more || path !== 'name' ? 'other' : rest.pipeline.source.name;
    const answer = await call('POST', '/sources', webhook({ name, ...more }));
    expect(answer).toMatchObject({ status, body: { errors: [{ path }] } });
    expect(answer.body.detail).toContain(detail);
  });

  test("with another tenant's event type", async () => {
    const { eventType } = await makePipeline(database);
    expect((await call('POST', '/sources', webhook({ eventTypeId: eventType.id }))).status).toBe(422);
  });
});

test('a source that could fire nothing just now is saved with a warning', async () => {
  const off = await makeEventType(database, rest.pipeline, { enabled: false, sourceKind: 'SCHEDULER' });
  const { id, warnings } = await create({ eventTypeId: off.id });
  expect((await call('GET', `/sources/${id}`)).body.warnings).toEqual(warnings);
  expect(warnings).toEqual([
    expect.objectContaining({ code: 'target_disabled', path: 'eventTypeId' }),
    expect.objectContaining({ code: 'source_refused', message: expect.stringContaining('SCHEDULER only') }),
  ]);
});

test('the kinds of sources say what they are, how many there are and which event types are theirs alone', async () => {
  const only = await makeEventType(database, rest.pipeline, { sourceKind: 'SCHEDULER' });
  const { sourceTypes, anyKind } = (await call('GET', '/source-types')).body;
  expect(sourceTypes).toMatchObject([
    { kind: 'WEBHOOK', unavailable: null, sources: 1, eventTypes: [] },
    { kind: 'SCHEDULER', unavailable: expect.any(String), sources: 0, eventTypes: [{ id: only.id, name: only.name }] },
    { kind: 'EVENT_GRID', unavailable: null },
    { kind: 'CUSTOM', unavailable: null },
  ]);
  expect(anyKind).toBe(1);
});
