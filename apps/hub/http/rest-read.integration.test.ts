import { createHash } from 'node:crypto';
import type { EventDetail, EventSummary } from '@nexomatic/contracts/event-api';
import { newId } from '@nexomatic/contracts/id';
import { toWire } from '@nexomatic/contracts/wire-bytes';
import { testDatabase } from '@nexomatic/testkit/database';
import { makeAction, makeEventType, makePipeline } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bearer, openTestWeb } from './testing/open-test-web.ts';
import { acceptOne, sinkHand, sinkOf } from './testing/run-event.ts';

const database = await testDatabase();
const web = await openTestWeb({ databaseUrl: database.url, redisUrl: await testRedis() });
afterAll(() => web.close());
const { services } = web;

interface Answer {
  events: EventSummary[];
  nextCursor: string | null;
  code?: string;
  errors?: { path: string; message: string }[];
}

async function read<T = Answer>(path: string, token: string): Promise<{ status: number; answer: T }> {
  const response = await web.get(`/api/v1${path}`, { headers: bearer(token) });
  return { status: response.status, answer: (await response.json()) as T };
}

describe('the list of events', async () => {
  const pipeline = await makePipeline(database);
  const { apiToken, tenant, eventType } = pipeline;
  const alert = await makeEventType(database, pipeline, { name: 'list.alert' });
  const ids: string[] = [];
  const list = (query = '') => read(`/events${query}`, apiToken);
  const idsOf = async (query: string) => (await list(query)).answer.events.map(({ id }) => id);

  beforeAll(async () => {
    for (let n = 0; n < 5; n++) ids.unshift(await acceptOne(services, pipeline));
    ids.unshift(await acceptOne(services, { ...pipeline, eventType: alert }));
    const sink = sinkOf(pipeline);
    for (const [at, state] of [
      [0, 'ERROR'],
      [1, 'SUCCESS'],
      [2, 'WARNING'],
    ] as const) {
      const hand = sinkHand(services, sink, ids[at] as `evt_${string}`);
      await hand.claim();
      await hand.end(state, state === 'ERROR' ? { reason: 'exception', message: 'boom' } : { message: 'fine' });
    }
    await sinkHand(services, sink, ids[3] as `evt_${string}`).claim();
    await acceptOne(services, await makePipeline(database));
  });

  test("is the tenant's own, newest first, each with the names of what it is about", async () => {
    const { status, answer } = await list();
    expect(status).toBe(200);
    expect(answer.events.map(({ id }) => id)).toEqual(ids);
    expect(answer.nextCursor).toBeNull();
    expect(answer.events[0]).toEqual({
      id: ids[0],
      type: 'list.alert',
      state: 'ERROR',
      reason: 'exception',
      message: 'boom',
      attempt: 1,
      source: null,
      sink: pipeline.sink.name,
      parentId: null,
      edge: null,
      rootId: ids[0],
      depth: 0,
      rerunOf: null,
      availableAt: expect.stringMatching(/Z$/),
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      startedAt: expect.stringMatching(/Z$/),
      finishedAt: expect.stringMatching(/Z$/),
    });
  });

  test('can be narrowed to states, each given once or with commas', async () => {
    expect(await idsOf('?state=ERROR')).toEqual([ids[0]]);
    expect(await idsOf('?state=WARNING&state=ERROR')).toEqual([ids[0], ids[2]]);
    expect(await idsOf('?state=ERROR,QUEUED,RUNNING')).toEqual([ids[0], ids[3], ids[4], ids[5]]);
    expect(await idsOf('?state=SUCCESS,SUCCESS')).toEqual([ids[1]]);
  });

  test('can be narrowed to a type, and is empty for a type that there is not', async () => {
    expect(await idsOf('?type=list.alert')).toEqual([ids[0]]);
    expect(await idsOf(`?type=${eventType.name}&state=QUEUED`)).toEqual([ids[4], ids[5]]);
    expect(await idsOf('?type=no.such')).toEqual([]);
  });

  test('can be narrowed to a time: from an instant on, and before an instant', async () => {
    const at = (await list()).answer.events[2]?.createdAt ?? '';
    const all = (await list()).answer.events;
    expect(await idsOf(`?since=${at}`)).toEqual(all.filter(({ createdAt }) => createdAt >= at).map(({ id }) => id));
    expect(await idsOf(`?until=${at}`)).toEqual(all.filter(({ createdAt }) => createdAt < at).map(({ id }) => id));
    expect(await idsOf('?since=2001-01-01T00:00:00Z&until=2002-01-01T00:00:00.5%2B02:00')).toEqual([]);
    expect(await idsOf('?since=0001-01-01T00:00:00Z&until=9999-12-31T23:59:59Z')).toEqual(ids);
  });

  test.each(['', '&state=ERROR,SUCCESS,WARNING,RUNNING,QUEUED'])(
    'comes in pages that leave nothing out and repeat nothing (%s)',
    async (filter) => {
      const seen: string[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const { answer }: { answer: Answer } = await list(`?limit=2${filter}${cursor ? `&cursor=${cursor}` : ''}`);
        expect(answer.events.length).toBeLessThanOrEqual(2);
        seen.push(...answer.events.map(({ id }) => id));
        cursor = answer.nextCursor;
      }
      expect(seen).toEqual(ids);
    },
  );

  test('does not shift its pages when events are added meanwhile', async () => {
    const other = await makePipeline(database);
    const first = await acceptOne(services, other);
    await acceptOne(services, other);
    const page = await read('/events?limit=1', other.apiToken);
    await acceptOne(services, other);
    const next = await read(`/events?limit=1&cursor=${page.answer.nextCursor}`, other.apiToken);
    expect(next.answer.events.map(({ id }) => id)).toEqual([first]);
  });

  test.each([
    ['?state=DONE', 'state[0]'],
    ['?limit=0', 'limit'],
    ['?limit=201', 'limit'],
    ['?limit=many', 'limit'],
    ['?since=yesterday', 'since'],
    ['?cursor=nonsense', 'cursor'],
    [`?cursor=${Buffer.from("1 ' OR 1=1").toString('base64url')}`, 'cursor'],
    ['?tenantId=ten_1', ''],
  ])('refuses %s and says which parameter is wrong', async (query, path) => {
    const { status, answer } = await list(query);
    expect({ status, code: answer.code, path: answer.errors?.[0]?.path }).toEqual({
      status: 400,
      code: 'bad_request',
      path,
    });
  });

  test('without a token is refused', async () => {
    expect((await web.get('/api/v1/events')).status).toBe(401);
    expect((await web.get('/api/v1/events', { headers: bearer(pipeline.sinkToken) })).status).toBe(403);
  });

  test('of another tenant can not be had by naming that tenant', async () => {
    const stranger = await makePipeline(database);
    expect((await read(`/events?tenant=${tenant.slug}`, stranger.apiToken)).answer.events).toEqual([]);
  });
});

describe('one event', async () => {
  const pipeline = await makePipeline(database);
  const { apiToken } = pipeline;
  const get = <T = EventDetail>(id: string, token = apiToken) => read<T>(`/events/${id}`, token);

  test('has its payload, parameters, attempts, result, chain and activity', async () => {
    const payload = '{"n":12345678901234567890123,"f":1.0}';
    const id = await acceptOne(services, pipeline, payload);
    const hand = sinkHand(services, sinkOf(pipeline), id);
    await hand.claim();
    await hand.end('SUCCESS', { result: toWire(Buffer.from('{"greeting":"Hello"}')), exitCode: 0 });
    const { status, answer } = await get(id);
    expect(status).toBe(200);
    expect(answer).toMatchObject({
      id,
      state: 'SUCCESS',
      payload: { contentType: 'application/json', size: payload.length, text: payload, truncated: false },
      result: { contentType: 'application/json', size: 20, text: '{"greeting":"Hello"}', truncated: false },
      attempts: [
        { number: 1, state: 'SUCCESS', exitCode: 0, sink: pipeline.sink.name, module: 'hello.greet', parameters: [] },
      ],
      chain: [{ id, depth: 0 }],
    });
  });

  test('that waits has neither attempts nor a result', async () => {
    const { answer } = await get(await acceptOne(services, pipeline));
    expect(answer).toMatchObject({
      state: 'QUEUED',
      attempt: 0,
      result: null,
      attempts: [],
      startedAt: null,
      finishedAt: null,
    });
  });

  test('shows the chain that it stands in, oldest first', async () => {
    const second = await makeEventType(database, pipeline, { name: 'chain.second' });
    const action = await makeAction(database, pipeline.tenant.id, { onSuccessId: second.id });
    const first = await makeEventType(database, { sinkType: pipeline.sinkType, action }, { name: 'chain.first' });
    const root = await acceptOne(services, { ...pipeline, eventType: first });
    const hand = sinkHand(services, sinkOf(pipeline), root);
    await hand.claim();
    await hand.end('SUCCESS', { result: toWire(Buffer.from('{"passed":"on"}')) });
    const { chain } = (await get(root)).answer;
    expect(chain).toMatchObject([
      { id: root, type: 'chain.first', depth: 0, parentId: null },
      { type: 'chain.second', depth: 1, parentId: root, rootId: root, edge: 'success' },
    ]);
    const child = (await get(chain[1]?.id ?? '')).answer;
    expect(child.payload.text).toBe('{"passed":"on"}');
    expect(child.chain.map(({ id }) => id)).toEqual(chain.map(({ id }) => id));
  });

  test('shows no more than the first 256 KiB of a body, and the download has all of it', async () => {
    const payload = JSON.stringify('é'.repeat(300_000));
    const id = await acceptOne(services, pipeline, payload);
    const { answer } = await get(id);
    expect(answer.payload).toMatchObject({ size: Buffer.byteLength(payload), truncated: true });
    expect(payload.startsWith(answer.payload.text ?? 'nothing')).toBe(true);
    const download = await web.get(`/api/v1/events/${id}/payload`, { headers: bearer(apiToken) });
    expect(Object.fromEntries(download.headers)).toMatchObject({
      'content-type': 'application/json',
      'content-disposition': `attachment; filename="${id}-payload.json"`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    });
    expect(sha256(Buffer.from(await download.arrayBuffer()))).toBe(sha256(Buffer.from(payload)));
  });

  test('has its result to download, and none while there is none', async () => {
    const id = await acceptOne(services, pipeline);
    const address = `/api/v1/events/${id}/result`;
    expect((await web.get(address, { headers: bearer(apiToken) })).status).toBe(404);
    const hand = sinkHand(services, sinkOf(pipeline), id);
    await hand.claim();
    await hand.end('WARNING', { message: 'careful', result: toWire(Buffer.from('[1.0]')) });
    expect(await (await web.get(address, { headers: bearer(apiToken) })).text()).toBe('[1.0]');
  });

  test.each(['', '/logs', '/payload', '/result'])('is as good as none for another tenant (…%s)', async (part) => {
    const id = await acceptOne(services, pipeline);
    const stranger = await makePipeline(database);
    const theirs = await read(`/events/${id}${part}`, stranger.apiToken);
    const nobodys = await read(`/events/${newId('event')}${part}`, stranger.apiToken);
    expect(theirs.status).toBe(404);
    expect(nobodys.status).toBe(404);
    expect(theirs.answer.code).toBe(nobodys.answer.code);
  });

  test.each(['/events/evt_1', '/events/snk_01jd5y0q6vf0x9h2m7k3c8t4zr', "/events/'; DROP TABLE events; --"])(
    'with an id of no such form (%s) is refused',
    async (path) => {
      const { status, answer } = await read(path, apiToken);
      expect({ status, path: answer.errors?.[0]?.path }).toEqual({ status: 400, path: 'id' });
    },
  );

  test('without a token is refused, its downloads included', async () => {
    const id = await acceptOne(services, pipeline);
    for (const part of ['', '/logs', '/payload', '/result']) {
      expect((await web.get(`/api/v1/events/${id}${part}`)).status).toBe(401);
      expect((await web.get(`/api/v1/events/${id}${part}`, { headers: bearer(pipeline.sinkToken) })).status).toBe(403);
    }
  });
});

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
