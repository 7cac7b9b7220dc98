import { openTestWeb } from '@nexomatic/hub/http/testing/open-test-web';
import { sinkHand, sinkOf } from '@nexomatic/hub/http/testing/run-event';
import { testDatabase } from '@nexomatic/testkit/database';
import { makeApiToken, makeEventType, makePipeline, makeSource } from '@nexomatic/testkit/factories';
import { freePort } from '@nexomatic/testkit/free-port';
import { testRedis } from '@nexomatic/testkit/redis';
import { waitFor } from '@nexomatic/testkit/wait-for';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { createNexomatic, type Nexomatic } from './nexomatic.ts';

const database = await testDatabase();
const web = await openTestWeb({ databaseUrl: database.url, redisUrl: await testRedis() });
afterAll(() => web.close());

let pipeline: Awaited<ReturnType<typeof makePipeline>>;
let hub: Nexomatic;
let type: string;
beforeEach(async () => {
  pipeline = await makePipeline(database);
  hub = createNexomatic({ url: web.baseUrl, token: pipeline.apiToken });
  type = pipeline.eventType.name;
});

const handOf = (id: Parameters<typeof sinkHand>[2]) => sinkHand(web.services, sinkOf(pipeline), id);

/** Runs the next event that is fired, as a sink would. */
async function runNext(work: (hand: ReturnType<typeof handOf>) => Promise<void>): Promise<void> {
  const queued = async () => (await hub.events.list({ state: ['QUEUED'] })).events[0];
  await work(handOf((await waitFor(queued, { what: 'an event to be fired' })).id));
}

test('an event that is fired is there to be read', async () => {
  const { id, state, duplicate } = await hub.fire(type, { name: 'Ada' });
  expect({ state, duplicate }).toEqual({ state: 'QUEUED', duplicate: false });
  expect(await hub.events.get(id)).toMatchObject({ id, type, payload: { text: '{"name":"Ada"}' } });
});

test('the same idempotency key fires one event, and refuses another payload', async () => {
  const first = await hub.fire(type, 1, { idempotencyKey: 'k' });
  expect(await hub.fire(type, 1, { idempotencyKey: 'k' })).toEqual({ ...first, duplicate: true });
  await expect(hub.fire(type, 2, { idempotencyKey: 'k' })).rejects.toMatchObject({
    name: 'NexomaticError',
    code: 'idempotency_conflict',
  });
});

test('a token that is the credential of a source fires as that source, and is told no where it asks for more', async () => {
  const { source } = await makeSource(database, pipeline.eventType, { kind: 'CUSTOM', eventTypeId: null });
  const { token } = await makeApiToken(database, pipeline.tenant.id, { sourceId: source.id, scopes: 'events.fire' });
  const own = createNexomatic({ url: web.baseUrl, token });
  const { id } = await own.fire(type, 1, { idempotencyKey: 'mine' });
  expect(await own.fire(type, 1, { idempotencyKey: 'mine' })).toMatchObject({ id, duplicate: true });
  expect(await hub.events.get(id)).toMatchObject({ source: source.name });
  await expect(own.fire(type, 1, { source: 'api' })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(own.events.get(id)).rejects.toMatchObject({ code: 'forbidden' });
});

test('who waits gets the finished event with its result', async () => {
  const waiting = hub.fire(type, {}, { wait: true });
  await runNext(async (hand) => {
    await hand.claim();
    await hand.end('SUCCESS', { result: { utf8: '{"greeting":"Hello"}' } });
  });
  expect(await waiting).toMatchObject({ state: 'SUCCESS', result: { text: '{"greeting":"Hello"}' } });
});

test('waiting for an event that is finished already ends at once', async () => {
  const { id } = await hub.fire(type, {});
  await handOf(id).claim();
  await handOf(id).end('ERROR', { reason: 'exception', message: 'no' });
  expect(await hub.events.wait(id)).toMatchObject({ state: 'ERROR', reason: 'exception' });
});

test('an event is fired for later and for one sink, cancelled, and run again with another payload', async () => {
  const { id } = await hub.fire(type, { n: 1 }, { sink: pipeline.sink.name, delaySeconds: 60 });
  expect(await hub.events.get(id)).toMatchObject({ state: 'QUEUED', reason: 'delayed' });
  await expect(hub.events.rerun(id)).rejects.toMatchObject({ code: 'conflict' });
  expect(await hub.events.cancel(id)).toEqual({ id, outcome: 'cancelled' });
  const same = await hub.events.rerun(id);
  const other = await hub.events.rerun(id, { payload: { n: 2 } });
  const payloads = await Promise.all([same, other].map(async (one) => (await hub.events.get(one.id)).payload.text));
  expect(payloads).toEqual(['{"n":1}', '{"n":2}']);
});

test('a wait goes on over a restart of the hub, also when the event ended while no hub was there', async () => {
  const port = await freePort();
  const open = () => openTestWeb({ databaseUrl: database.url, redisUrl: web.services.env.redisUrl, env: { port } });
  const restarted = await open();
  const client = createNexomatic({ url: restarted.baseUrl, token: pipeline.apiToken });
  const { id } = await client.fire(type, {});
  const states: string[] = [];
  const watching = (async () => {
    for await (const { state } of client.events.watch(id)) states.push(state);
  })();
  await waitFor(() => states.length > 0, { what: 'the first look' });
  await handOf(id).claim();
  await waitFor(() => states.at(-1) === 'RUNNING', { what: 'the event to be seen running' });
  await restarted.close();
  await handOf(id).end('WARNING');
  const again = await open();
  await watching;
  expect([...new Set(states)]).toEqual(['QUEUED', 'RUNNING', 'WARNING']);
  expect(await client.events.wait(id)).toMatchObject({ id, state: 'WARNING' });
  await again.close();
});

test('a wait ends with the reason of its signal', async () => {
  const { id } = await hub.fire(type, {});
  const stop = new AbortController();
  const waiting = hub.events.wait(id, { signal: stop.signal });
  stop.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
});

test('a log is followed line by line, from before the attempt to its end', async () => {
  const { id } = await hub.fire(type, {});
  const lines: string[] = [];
  const following = (async () => {
    for await (const { text } of hub.events.logs(id, { follow: true })) lines.push(text);
  })();
  const hand = handOf(id);
  await hand.claim();
  await hand.log('stdout', 'one\n');
  await hand.log('stdout', 'two\n');
  await hand.end('SUCCESS');
  await following;
  expect(lines).toEqual(['one', 'two']);
  const again: string[] = [];
  for await (const { text } of hub.events.logs(id)) again.push(text);
  expect(again).toEqual(lines);
});

test('a log whose connection breaks goes on where it was, with no line lost or doubled', async () => {
  let cuts = 0;
  const cutting: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    if (!String(input).includes('followLog') || cuts === 2) return response;
    cuts += 1;
    let seen = 0;
    const cut = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        controller.enqueue(chunk);
        seen += new TextDecoder().decode(chunk).includes('"entries":[{') ? 1 : 0;
        if (seen > 0) controller.error(new Error('cut'));
      },
    });
    return new Response(response.body?.pipeThrough(cut), response);
  };
  const { id } = await hub.fire(type, {});
  const hand = handOf(id);
  await hand.claim();
  await hand.log('stdout', 'line 1\n');
  const lines: string[] = [];
  const cutHub = createNexomatic({ url: web.baseUrl, token: pipeline.apiToken, fetch: cutting });
  for await (const { text } of cutHub.events.logs(id, { follow: true })) {
    lines.push(text);
    const number = lines.length + 1;
    if (number <= 4) await hand.log('stdout', `line ${number}\n`);
    else await hand.end('SUCCESS');
  }
  expect(cuts).toBe(2);
  expect(lines).toEqual(['line 1', 'line 2', 'line 3', 'line 4']);
});

test('all events are walked page by page', async () => {
  const other = await makeEventType(database, pipeline, {});
  for (let i = 0; i < 5; i++) await hub.fire(type, i);
  await hub.fire(other.name, 0);
  const types: string[] = [];
  for await (const event of hub.events.each({ type, limit: 2 })) types.push(event.type);
  expect(types).toEqual(Array.from({ length: 5 }, () => type));
});

test('every procedure is there, typed', async () => {
  const { actions } = await hub.api.actions.list.query({});
  expect(actions.map(({ id }) => id)).toEqual([pipeline.action.id]);
});

test.each([
  ['a token that is not valid', () => createNexomatic({ url: web.baseUrl, token: 'nxt_no' }), 'unauthenticated'],
  ['an event type that is not there', () => hub, 'not_found'],
])('%s is refused with its code, by calls and by streams', async (_, client, code) => {
  await expect(client().fire('no.such', null)).rejects.toMatchObject({ code });
  const { id } = await hub.fire(type, {});
  const foreign = createNexomatic({ url: web.baseUrl, token: (await makePipeline(database)).apiToken });
  const reader = code === 'not_found' ? foreign : client();
  await expect(reader.events.logs(id, { follow: true }).next()).rejects.toMatchObject({ code });
});

test('logs are searched across events, however many pages that takes', async () => {
  for (const text of ['first needle\n', 'second needle\n', 'hay\n']) {
    const { id } = await hub.fire(type, {});
    const hand = handOf(id);
    await hand.claim();
    await hand.log('stdout', text);
  }
  const texts: string[] = [];
  for await (const { text } of hub.logs.search({ q: `type:${type} needle`, limit: 1 })) texts.push(text);
  expect(texts).toEqual(['second needle', 'first needle']);
});
