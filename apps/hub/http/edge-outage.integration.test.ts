import { systemClock } from '@nexomatic/clock';
import { EventPayload } from '@nexomatic/db/entities/event-payload';
import { envelopeKey } from '@nexomatic/signature/edge-envelope';
import { testDatabase } from '@nexomatic/testkit/database';
import { makePipeline } from '@nexomatic/testkit/factories';
import { freePort } from '@nexomatic/testkit/free-port';
import { testRedis } from '@nexomatic/testkit/redis';
import { edgeKeyId, startEdge } from '@nexomatic/testkit/start-edge';
import { waitFor } from '@nexomatic/testkit/wait-for';
import { afterAll, expect, test } from 'vitest';
import { callRest } from './testing/call-rest.ts';
import { bearer, openTestWeb, type TestWeb } from './testing/open-test-web.ts';
import { standardWebhook } from './testing/standard-webhook.ts';

const timeout = 120_000;
const hoursAway = 2;
const keyHex = '5a0c94f2d1b7e836'.repeat(4);
const database = await testDatabase();
const redisUrl = await testRedis();
const port = await freePort();
const hubUrl = `http://127.0.0.1:${port}`;
const edge = await startEdge({ hubUrl, keyHex });
const pipeline = await makePipeline(database);

/** A hub at the address that the edge knows, whose clock goes before the edge's by so many hours. */
function startHub(hours = 0): Promise<TestWeb> {
  const clock = { ...systemClock, now: () => systemClock.now() + hours * 3_600_000 };
  const env = { port, edgeUrl: edge.url, publicUrl: hubUrl, edgeKeys: [envelopeKey(edgeKeyId, keyHex)] };
  return openTestWeb({ databaseUrl: database.url, redisUrl, env, clock });
}

let web = await startHub();
afterAll(async () => {
  await web.close();
  await edge[Symbol.asyncDispose]();
});

/** A webhook that believes whoever signs, within five minutes. */
async function makeSource() {
  const call = (path: string, body: object) => callRest(web, bearer(pipeline.apiToken), 'POST', path, body);
  const { body: source } = await call('/sources', {
    name: 'signed',
    kind: 'WEBHOOK',
    eventTypeId: pipeline.eventType.id,
    settings: { verification: { scheme: 'standard_webhooks' }, limits: { maxBodyBytes: 4_000_000 } },
  });
  const { body: secret } = await call(`/sources/${source.id}/secrets`, {});
  return { id: String(source.id), path: new URL(String(source.address)).pathname, secret: String(secret.value) };
}

interface Answered {
  status: number;
  said: string;
}

/** Posts signed bodies one after the other, as a sender that keeps an order does. */
async function sendAll({ path, secret }: { path: string; secret: string }, bodies: string[]): Promise<Answered[]> {
  const answers: Answered[] = [];
  for (const body of bodies) {
    const response = await fetch(edge.url + path, { method: 'POST', headers: standardWebhook(secret, body), body });
    const { status: said } = (await response.json()) as { status: string };
    answers.push({ status: response.status, said });
  }
  return answers;
}

const numbered = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => `{"n":${from + at}}`);
const count = (answers: Answered[], said: string) =>
  answers.filter((one) => one.status === 202 && one.said === said).length;
/** What the events hold that were fired, in the order in which they were. */
async function payloads(): Promise<string[]> {
  const rows = await database.tenantEm(pipeline.tenant.id).find(EventPayload, {}, { orderBy: { eventId: 'asc' } });
  return rows.map(({ body }) => Buffer.from(body).toString());
}

test('every webhook that was answered 202 while the hub was away becomes one event, in order, however late, though the edge was killed meanwhile', {
  timeout,
}, async () => {
  const source = await makeSource();
  const large = `{"n":13,"text":"${'x'.repeat(2_000_000)}"}`;
  const sent = [...numbered(0, 3), ...numbered(3, 13), large, ...numbered(14, 24), ...numbered(24, 30)];

  const before = await sendAll(source, sent.slice(0, 3));
  expect(count(before, 'accepted') + count(before, 'buffered')).toBe(3);
  await web.close();

  const held = await sendAll(source, sent.slice(3, 14));
  expect(count(held, 'buffered')).toBe(11);

  await edge.killAndStart();
  // It knows the source by its sealed copy alone: who signed is taken, who didn't is refused.
  expect(count(await sendAll(source, sent.slice(14, 24)), 'buffered')).toBe(10);
  const forged = { method: 'POST', headers: standardWebhook('whsec_AAAA', '{}'), body: '{"forged":true}' };
  expect((await fetch(edge.url + source.path, forged)).status).toBe(401);
  await edge.killAndStart();

  web = await startHub(hoursAway);
  // An edge that was started anew does not know that some of the source wait, so these may come before them.
  const late = await sendAll(source, sent.slice(24));
  expect(count(late, 'accepted') + count(late, 'buffered')).toBe(6);
  const all = await waitFor(
    async () => {
      const found = await payloads();
      return found.length >= sent.length && found;
    },
    { what: 'everything that waited to become events', timeoutMs: 60_000 },
  );
  expect(all.toSorted()).toEqual(sent.toSorted());
  const early = sent.slice(0, 24);
  expect(all.filter((payload) => early.includes(payload))).toEqual(early);
  // A hub whose clock is hours off is told nothing by the edge: its calls are out of date.
  await web.close();
  web = await startHub();
  await waitFor(
    async () => {
      const { body } = await callRest(web, bearer(pipeline.apiToken), 'GET', '/buffer');
      return body.edge === 'reachable' && Array.isArray(body.sources) && body.sources.length === 0;
    },
    { what: 'the hub to be told that nothing waits' },
  );
});
