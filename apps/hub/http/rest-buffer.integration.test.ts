import {
  bufferStatusPath,
  type DeadLetter,
  deadLettersPath,
  settleDeadLetterPath,
} from '@nexomatic/contracts/edge-protocol';
import { newId } from '@nexomatic/contracts/id';
import { User } from '@nexomatic/db/entities/user';
import { testDatabase } from '@nexomatic/testkit/database';
import { makePipeline, makeUser } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEdgeStandIn } from '#server/buffer/testing/edge-stand-in.ts';
import { auditOf, callRest } from './testing/call-rest.ts';
import { bearer, openTestWeb, signInAs, testEdgeKey } from './testing/open-test-web.ts';

const database = await testDatabase();
const edge = await startEdgeStandIn(testEdgeKey);
const metricsToken = 'a-token-for-metrics-alone';
const web = await openTestWeb({
  databaseUrl: database.url,
  redisUrl: await testRedis(),
  env: { edgeUrl: edge.url, metricsToken },
});
afterAll(async () => {
  await web.close();
  await edge[Symbol.asyncDispose]();
});
const pipeline = await makePipeline(database);
const stranger = await makePipeline(database);
const call = (method: string, path: string, body?: unknown) =>
  callRest(web, bearer(pipeline.apiToken), method, path, body);
const hashOf = ({ source: { keyHash } }: typeof pipeline) => Buffer.from(keyHash ?? []).toString('hex');

const figures = { waitingBytes: 30, lastFailure: 'no answer', nextTryAt: null };
const shown = { ...figures, waiting: 3, oldestAt: '2023-11-14T22:13:20.000Z', deadLetters: 1 };
const letter: DeadLetter = {
  ingestId: '018f2f2e-0000-7000-8000-000000000001',
  receivedAt: 1_700_000_000_000,
  refusedAt: 1_700_000_060_000,
  contentType: 'application/json',
  remoteAddress: '192.0.2.7',
  headers: [
    ['x-github-event', 'push'],
    ['x-hub-signature-256', '***'],
  ],
  bodyBytes: 7,
  body: Buffer.from('{"a":1}').toString('base64'),
  tries: 1,
  code: 'envelope_invalid',
  detail: 'No.',
};

beforeAll(() => {
  const at = { ...figures, waiting: 3, oldestAt: 1_700_000_000_000, deadLetters: 1 };
  edge.answer(bufferStatusPath, {
    status: 200,
    body: {
      sources: [
        { ...at, sourceKeyHash: hashOf(pipeline) },
        { ...at, sourceKeyHash: hashOf(stranger), waiting: 5 },
        { ...at, sourceKeyHash: '00'.repeat(32), waiting: 7, oldestAt: null },
      ],
    },
  });
  edge.answer(settleDeadLetterPath, { status: 200, body: { settled: 1 } });
});

test('a tenant is shown what waits of its own sources, and nothing of others', async () => {
  const { source } = pipeline;
  expect((await call('GET', '/buffer')).body).toEqual({
    edge: 'reachable',
    problem: null,
    sources: [{ source: { id: source.id, name: source.name }, ...shown }],
  });
});

test('dead letters are shown with their bodies, and credentials of theirs are not', async () => {
  edge.answer(deadLettersPath, { status: 200, body: { deadLetters: [letter] } });
  const { status, body } = await call('GET', `/sources/${pipeline.source.id}/dead-letters?limit=1`);
  expect(status).toBe(200);
  expect(body).toEqual({
    nextCursor: letter.ingestId,
    deadLetters: [
      {
        ...letter,
        receivedAt: '2023-11-14T22:13:20.000Z',
        refusedAt: '2023-11-14T22:14:20.000Z',
        headers: [
          { name: 'x-github-event', value: 'push', masked: false },
          { name: 'x-hub-signature-256', value: '***', masked: true },
        ],
        body: { text: '{"a":1}', base64: null, complete: true },
      },
    ],
  });
  expect(edge.asked.at(-1)?.input).toEqual({ sourceKeyHash: hashOf(pipeline), limit: 1 });
});

test.each([
  ['what is not UTF-8', Buffer.from([0xff, 0xfe, 0x00]), 3, { text: null, base64: '//4A', complete: true }],
  [
    'a part that ends within a character',
    Buffer.from([0x61, 0xe2, 0x82]),
    9,
    { text: 'a', base64: null, complete: false },
  ],
  ['no body at all', Buffer.alloc(0), 0, { text: '', base64: null, complete: true }],
])('of a body that is %s as much is shown as can be', async (_, bytes, bodyBytes, body) => {
  const one = { ...letter, body: bytes.toString('base64'), bodyBytes };
  edge.answer(deadLettersPath, { status: 200, body: { deadLetters: [one] } });
  const answer = await call('GET', `/sources/${pipeline.source.id}/dead-letters`);
  expect(answer.body).toMatchObject({ deadLetters: [{ body }], nextCursor: null });
});

test('settling says how many there were, and who did it is on record', async () => {
  const { id } = pipeline.source;
  const settle = (input: object) => call('POST', `/sources/${id}/dead-letters/settle`, input);
  expect(await settle({ how: 'replay', ingestId: letter.ingestId })).toMatchObject({
    status: 200,
    body: { settled: 1 },
  });
  expect(edge.asked.at(-1)?.input).toMatchObject({ ingestId: letter.ingestId, how: 'replay' });
  await settle({ how: 'discard' });
  expect(edge.asked.at(-1)?.input).toMatchObject({ ingestId: '', how: 'discard' });
  expect((await auditOf(web, id)).slice(-2)).toMatchObject([
    { action: 'source.dead_letters_replayed', after: { ingestId: letter.ingestId } },
    { action: 'source.dead_letters_discarded', after: { ingestId: 'all' } },
  ]);
});

test.each([
  ['GET', '', undefined],
  ['POST', '/settle', { how: 'discard' }],
] as const)('dead letters of a source that is not there are %s%s: 404', async (method, path, input) => {
  for (const id of [stranger.source.id, newId('source')]) {
    const { status, body } = await call(method, `/sources/${id}/dead-letters${path}`, input);
    expect({ status, code: body.code }).toEqual({ status: 404, code: 'not_found' });
  }
});

test('an edge that does not answer is said to, as a fault of nobody who asks', async () => {
  edge.answer(deadLettersPath, 'hang up');
  const { status, body } = await call('GET', `/sources/${pipeline.source.id}/dead-letters`);
  expect({ status, code: body.code }).toEqual({ status: 503, code: 'unavailable' });
  expect(body.detail).toMatch(/^The edge does not answer this hub: it can not be reached \([A-Z_]+\)\.$/);
});

test('readiness tells what was last heard of the edge, and does not depend on it', async () => {
  await call('GET', '/buffer');
  expect(await (await web.get('/readyz')).json()).toMatchObject({
    status: 'ready',
    edge: { state: 'reachable', waiting: 15, deadLetters: 3 },
  });
});

test('metrics name tenant and source, never a hash, and are read by whoever shows the token', async () => {
  const response = await web.get('/metrics', { headers: bearer(metricsToken) });
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toContain('text/plain');
  const text = await response.text();
  const labels = `tenant="${pipeline.tenant.slug}",source="${pipeline.source.name}"`;
  expect(text).toContain(`nexomatic_edge_buffer_waiting{${labels}} 3\n`);
  expect(text).toContain(`nexomatic_edge_dead_letters{${labels}} 1\n`);
  expect(text).toMatch(new RegExp(`nexomatic_edge_buffer_oldest_age_seconds\\{${labels}\\} \\d{8}`));
  expect(text).toContain('nexomatic_edge_buffer_waiting{tenant="",source="(deleted)"} 7\n');
  expect(text).toContain('nexomatic_edge_reachable 1\n');
  expect(text).not.toMatch(/[0-9a-f]{64}/);
});

test('metrics are there for administrators of the hub, and for nobody else', async () => {
  const admin = await makeUser(database);
  await database.systemEm().nativeUpdate(User, { id: admin.id }, { instanceAdmin: true });
  const owner = await makeUser(database, pipeline.tenant.id, 'owner');
  expect((await web.get('/metrics', { headers: { cookie: await signInAs(web, admin) } })).status).toBe(200);
  const others: Record<string, string>[] = [
    {},
    bearer(pipeline.apiToken),
    bearer(`${metricsToken}x`),
    { cookie: await signInAs(web, owner) },
  ];
  for (const headers of others) {
    const response = await web.get('/metrics', { headers });
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 'not_found' });
  }
});

test('the health of the hub tells its administrators whose requests wait', async () => {
  const admin = await makeUser(database);
  await database.systemEm().nativeUpdate(User, { id: admin.id }, { instanceAdmin: true });
  const response = await web.get('/trpc/instance.health', {
    headers: { cookie: await signInAs(web, admin), 'sec-fetch-site': 'same-origin' },
  });
  const { result } = (await response.json()) as { result: { data: { edge: unknown } } };
  const { source, tenant } = pipeline;
  expect(result.data.edge).toMatchObject({
    state: 'reachable',
    problem: null,
    sources: [
      { source: { id: source.id, name: source.name, tenant: tenant.slug }, ...shown },
      { source: { name: stranger.source.name }, waiting: 5 },
      { source: null, waiting: 7 },
    ],
  });
});
