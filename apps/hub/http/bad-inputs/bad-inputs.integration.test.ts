import { envelopeKey } from '@nexomatic/signature/edge-envelope';
import { testDatabase } from '@nexomatic/testkit/database';
import { makePipeline } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { edgeKeyId, startEdge } from '@nexomatic/testkit/start-edge';
import { waitFor } from '@nexomatic/testkit/wait-for';
import { afterAll, describe, expect, test } from 'vitest';
import { callRest } from '../testing/call-rest.ts';
import { bearer, openTestWeb } from '../testing/open-test-web.ts';
import { authenticityInputs } from './authenticity-inputs.ts';
import { type BadInput, type SourceName, type SourceUse, sources } from './bad-input.ts';
import { jsonInputs } from './json-inputs.ts';
import { type RawAnswer, type RawRequest, rawRequest, sendRaw } from './send-raw.ts';
import { transportInputs } from './transport-inputs.ts';

/** The catalogue of bad inputs, as bytes on a socket, to a hub itself and to a real edge in front of it. */

const database = await testDatabase();
const keyHex = '5a0f'.repeat(16);
const web = await openTestWeb({
  databaseUrl: database.url,
  redisUrl: await testRedis(),
  env: { edgeKeys: [envelopeKey(edgeKeyId, keyHex)] },
});
const pipeline = await makePipeline(database);
const me = bearer(pipeline.apiToken);
const edge = await startEdge({ hubUrl: web.baseUrl, keyHex });
afterAll(async () => {
  await edge[Symbol.asyncDispose]();
  await web.close();
});
const made = Object.fromEntries(
  await Promise.all(
    (Object.keys(sources) as SourceName[]).map(async (name) => [name, await makeSource(name)] as const),
  ),
) as Record<SourceName, { id: string; path: string }>;

async function makeSource(name: SourceName) {
  const { settings, secrets = [], sniffJson = true }: SourceUse = sources[name];
  const source = await callRest(web, me, 'POST', '/sources', {
    ...{ kind: 'WEBHOOK', name, eventTypeId: pipeline.eventType.id, sniffJson },
    ...(settings ? { settings } : {}),
  });
  expect(source).toMatchObject({ status: 201 });
  const id = String(source.body.id);
  for (const value of secrets) {
    expect(await callRest(web, me, 'POST', `/sources/${id}/secrets`, { value })).toMatchObject({ status: 200 });
  }
  if (name === 'disabled')
    expect(await callRest(web, me, 'POST', `/sources/${id}/disable`, {})).toMatchObject({ status: 200 });
  return { id, path: new URL(String(source.body.address)).pathname };
}

async function causesOf(name: SourceName): Promise<unknown[]> {
  const { body } = await callRest(web, me, 'GET', `/requests?source=${made[name].id}&outcome=refused&limit=200`);
  return (body.requests as { cause: string }[]).map(({ cause }) => cause);
}

/**
 * The answer of whoever decides. An edge that a busy machine kept from its hub holds what only the hub could refuse, or says
 * that it can not take it: then it is sent again.
 */
const decided = (url: URL, request: () => RawRequest): Promise<RawAnswer> =>
  waitFor(
    async () => {
      const answer = await sendRaw(url, request());
      return answer.status !== 503 && !answer.body.includes('"buffered"') && answer;
    },
    { what: 'an answer that the hub had a part in', timeoutMs: 60_000, everyMs: 500 },
  );

const mounts = [
  { name: 'hub' as const, url: new URL(web.baseUrl) },
  { name: 'edge' as const, url: new URL(edge.url) },
];

describe.concurrent.each(mounts)('sent to the $name', ({ name, url }) => {
  const all: BadInput[] = [...transportInputs, ...jsonInputs, ...authenticityInputs];
  const here = all.filter(({ only }) => only === undefined || only.mount === name);

  test.each(here.map((input) => [input.n, input.what.slice(0, 80), input] as const))(
    '%i: %s',
    async (_n, _what, input) => {
      const { status, code, detail, headers, closes, cause } = input.expected;
      const answer = await decided(url, () => input.request(made[input.to].path));
      expect([status].flat(), answer.body).toContain(answer.status);
      const problem = code === undefined ? {} : (JSON.parse(answer.body) as { code: string; detail: string });
      expect(problem).toMatchObject(code === undefined ? {} : { code });
      if (detail) expect(problem).toMatchObject({ detail: expect.stringMatching(detail) });
      expect(Object.fromEntries(answer.headers)).toMatchObject(headers ?? {});
      if (closes) expect(answer.closed).toBe(true);
      expect(answer.body).not.toMatch(/\bat .*\.(?:ts|js):\d+/);
      if (cause) await waitFor(async () => (await causesOf(input.to)).includes(cause), { what: `the cause ${cause}` });
    },
  );

  test('19: more requests than a source takes are answered 429, and another source is none the worse', async () => {
    const flood = rawRequest({ path: made.narrow.path, body: '{}' });
    const answers = await Promise.all(Array.from({ length: 200 }, () => sendRaw(url, flood)));
    const refused = answers.filter((answer) => answer.status === 429);
    expect(refused.length).toBeGreaterThan(50);
    expect(refused.every((answer) => Number(answer.headers.get('retry-after')) > 0)).toBe(true);
    expect(answers.filter((answer) => answer.status === 202).length).toBeGreaterThan(30);
    const other = await decided(url, () => rawRequest({ path: made.plain.path, body: '{}' }));
    expect(other.status).toBe(202);
  });

  test('43: the same delivery again is answered 200 as a duplicate, with the event of the first', async () => {
    const input = authenticityInputs.find(({ what }) => what === 'hex in upper case');
    const [first] = input?.request(made.github.path).pieces ?? [];
    const request = (delivery: number): RawRequest => ({
      pieces: [
        String(first).replace('content-length', `x-github-delivery: ${name}-${delivery}\r\ncontent-length`),
        '{"name":"Ada"}',
      ],
    });
    let delivery = 0;
    const accepted = await decided(url, () => {
      delivery += 1;
      return request(delivery);
    });
    const again = await decided(url, () => request(delivery));
    expect([accepted.status, again.status]).toEqual([202, 200]);
    const { eventId } = JSON.parse(accepted.body) as { eventId: string };
    expect(JSON.parse(again.body)).toMatchObject({ duplicate: true, eventId });
  });
});
