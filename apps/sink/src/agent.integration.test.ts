import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createNexomatic } from '@nexomatic/client/nexomatic';
import { idToBytes } from '@nexomatic/contracts/id';
import { testDatabase } from '@nexomatic/testkit/database';
import { makeAction, makeEventType, makeParameter, makePipeline, makeSink } from '@nexomatic/testkit/factories';
import { freePort } from '@nexomatic/testkit/free-port';
import { testRedis } from '@nexomatic/testkit/redis';
import { waitFor } from '@nexomatic/testkit/wait-for';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { startHub } from './testing/start-hub.ts';
import { type SinkProcess, startSink } from './testing/start-sink.ts';

const demoModules = fileURLToPath(new URL('../examples/demo', import.meta.url));
const database = await testDatabase();
const redisUrl = await testRedis();
const port = await freePort();
let hub = await startHub({ databaseUrl: database.url, redisUrl, port });
const folder = await mkdtemp(path.join(tmpdir(), 'nexomatic-agent-'));
const sinks: SinkProcess[] = [];

afterEach(async () => {
  for (const sink of sinks.splice(0)) {
    sink.child.kill('SIGKILL');
    await sink.ended();
  }
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

/** A tenant whose one event type runs that module, and the ways to use it. */
async function openPipeline(module: string, eventType: Parameters<typeof makeEventType>[2] = {}) {
  const pipeline = await makePipeline(database, { action: { module }, eventType });
  const api = createNexomatic({ url: hub.url, token: pipeline.apiToken });
  return {
    ...pipeline,
    api,
    async fire(payload: unknown) {
      return (await api.events.fire.mutate({ type: pipeline.eventType.name, payload })).id;
    },
    get: (id: Awaited<ReturnType<typeof api.events.fire.mutate>>['id']) => api.events.get.query({ id }),
    start(settings: Record<string, string> = {}, token = pipeline.sinkToken) {
      const sink = startSink({
        NEXOMATIC_HUB_URL: hub.url,
        NEXOMATIC_SINK_TOKEN: token,
        REDIS_URL: redisUrl,
        NEXOMATIC_MODULES: [demoModules, folder].join(path.delimiter),
        NEXOMATIC_STATE_DIR: path.join(folder, 'state'),
        ...settings,
      });
      sinks.push(sink);
      return sink;
    },
  };
}

type Pipeline = Awaited<ReturnType<typeof openPipeline>>;
type EventId = Awaited<ReturnType<Pipeline['fire']>>;

async function reached({ get }: Pipeline, id: EventId, state: string, timeoutMs = 15_000) {
  return waitFor(
    async () => {
      const event = await get(id);
      return event.state === state && event;
    },
    { what: `${id} to be ${state}`, timeoutMs },
  );
}

describe('a sink', () => {
  it('runs a module on an event: result, records and output are kept', async () => {
    const pipeline = await openPipeline('hello.greet');
    await makeParameter(database, pipeline.eventType, { key: 'greeting', kind: 'STATIC', value: '"Hello"' });
    await makeParameter(database, pipeline.eventType, { key: 'name', kind: 'DATA', value: 'name' });
    const sink = pipeline.start();
    const id = await pipeline.fire({ name: 'Ada', seconds: 0.5 });
    const event = await reached(pipeline, id, 'SUCCESS');
    expect(event.result?.text).toBe('{"greeting":"Hello, Ada!","letters":3}');
    expect(event.attempts).toMatchObject([{ number: 1, state: 'SUCCESS', module: 'hello.greet', exitCode: 0 }]);
    const log = await pipeline.api.events.logs.query({ id });
    expect(log.complete).toBe(true);
    expect(log.entries.map(({ channel, text }) => [channel, text.trimEnd()])).toEqual(
      expect.arrayContaining([
        ['record', 'greeting somebody'],
        ['stdout', 'step 1 of 1'],
        ['record', '100 %'],
      ]),
    );
    expect(await sink.line('attempt.finished', { eventId: id })).toMatchObject({
      attempt: 1,
      module: 'hello.greet',
      state: 'SUCCESS',
      told: 'recorded',
      // A reader of the whole log stands behind its last chunk.
      lastLogSeq: log.lastSeq - 1,
    });
  });

  it('ends an event as ERROR when its module raises, and runs the event that follows a failure', async () => {
    const pipeline = await openPipeline('hello.greet');
    const { tenant, sinkType, action, eventType } = pipeline;
    await makeParameter(database, eventType, { key: 'greeting', kind: 'STATIC', value: '"Hello"' });
    await makeParameter(database, eventType, { key: 'name', kind: 'DATA', value: 'name' });
    const alerting = await makeAction(database, tenant.id, { module: 'hello.alert' });
    const alert = await makeEventType(database, { sinkType, action: alerting });
    await database.sql.run('UPDATE actions SET on_failure_id = ? WHERE id = ?', [
      idToBytes(alert.id),
      idToBytes(action.id),
    ]);
    pipeline.start();
    const id = await pipeline.fire({ name: 'Ada', fail: true });
    const event = await reached(pipeline, id, 'ERROR');
    expect(event).toMatchObject({ reason: 'exception', message: 'RuntimeError: Ada asked for a failure' });
    const follower = await waitFor(async () => (await pipeline.get(id)).chain.find(({ parentId }) => parentId === id), {
      what: 'the follow-on',
    });
    expect((await reached(pipeline, follower.id, 'SUCCESS')).result?.text).toBe('{"alerted":true}');
  });

  it('ends a module that runs longer than its event type allows, and says how long that is', async () => {
    await writeFile(
      path.join(folder, 'sleeps.py'),
      'import time\ndef run(ctx):\n    while not ctx.cancelled: time.sleep(0.01)\n',
    );
    const pipeline = await openPipeline('sleeps', { timeoutSeconds: 1 });
    pipeline.start();
    const id = await pipeline.fire({});
    expect(await reached(pipeline, id, 'ERROR')).toMatchObject({
      reason: 'timeout',
      message: 'it ran longer than the limit of 1 s and was ended',
    });
  });

  it('keeps a result through an outage of the hub, and tells it when the hub is back', async () => {
    await writeFile(path.join(folder, 'brief.py'), 'import time\ndef run(ctx):\n    time.sleep(0.5)\n    return 7\n');
    const pipeline = await openPipeline('brief');
    const sink = pipeline.start();
    const id = await pipeline.fire({});
    await reached(pipeline, id, 'RUNNING');
    await hub[Symbol.asyncDispose]();
    await sink.line('hub.lost');
    hub = await startHub({ databaseUrl: database.url, redisUrl, port });
    expect((await reached(pipeline, id, 'SUCCESS')).result?.text).toBe('7');
    await sink.line('hub.recovered');
  });
});

describe('a sink that is told to stop', () => {
  it('lets what runs finish, takes nothing new, and exits with 0', async () => {
    await writeFile(
      path.join(folder, 'half.py'),
      'import time\ndef run(ctx):\n    time.sleep(0.7)\n    return "whole"\n',
    );
    const pipeline = await openPipeline('half');
    const sink = pipeline.start({ NEXOMATIC_SLOTS: '1' });
    const running = await pipeline.fire({});
    const waiting = await pipeline.fire({});
    await reached(pipeline, running, 'RUNNING');
    sink.child.kill('SIGTERM');
    expect(await sink.ended()).toBe(0);
    expect((await pipeline.get(running)).result?.text).toBe('"whole"');
    expect(await pipeline.get(waiting)).toMatchObject({ state: 'QUEUED', attempt: 0 });
    pipeline.start();
    await reached(pipeline, waiting, 'SUCCESS');
  });

  it('hands back what does not finish in time, and another sink runs it', async () => {
    await writeFile(
      path.join(folder, 'first_slow.py'),
      'import time\ndef run(ctx):\n    while ctx.attempt == 1 and not ctx.cancelled: time.sleep(0.01)\n    return ctx.attempt\n',
    );
    const pipeline = await openPipeline('first_slow');
    const sink = pipeline.start({ NEXOMATIC_DRAIN_SECONDS: '0' });
    const id = await pipeline.fire({});
    await reached(pipeline, id, 'RUNNING');
    sink.child.kill('SIGTERM');
    expect(await sink.ended()).toBe(0);
    expect(await sink.line('attempt.finished')).toMatchObject({ cause: 'stopping', told: 'queued' });
    expect(await pipeline.get(id)).toMatchObject({ state: 'QUEUED', reason: 'handed_back' });

    const { token } = await makeSink(database, pipeline.sinkType);
    pipeline.start({}, token);
    const event = await reached(pipeline, id, 'SUCCESS');
    expect(event.result?.text).toBe('2');
    expect(event.attempts.map(({ number, state }) => [number, state])).toEqual(
      expect.arrayContaining([
        [1, 'HANDED_BACK'],
        [2, 'SUCCESS'],
      ]),
    );
  });

  it('twice ends a stubborn module at once and hands it back', async () => {
    await writeFile(path.join(folder, 'stubborn.py'), 'import time\ndef run(ctx):\n    while True: time.sleep(1)\n');
    const pipeline = await openPipeline('stubborn');
    const sink = pipeline.start();
    const id = await pipeline.fire({});
    await reached(pipeline, id, 'RUNNING');
    sink.child.kill('SIGINT');
    await sink.line('agent.stopping');
    sink.child.kill('SIGINT');
    expect(await sink.ended()).toBe(0);
    expect(await pipeline.get(id)).toMatchObject({ state: 'QUEUED', reason: 'handed_back' });
  });
});

describe('a sink that can not start', () => {
  it('waits for a hub that is not there, and says so', async () => {
    const pipeline = await openPipeline('hello.notify');
    const nowhere = `http://127.0.0.1:${await freePort()}`;
    const sink = pipeline.start({ NEXOMATIC_HUB_URL: nowhere });
    expect(await sink.line('hub.awaited')).toMatchObject({ hubUrl: nowhere });
    sink.child.kill('SIGTERM');
    expect(await sink.ended()).toBe(0);
  });

  it('exits with 4 and says what to do when its token is not valid', async () => {
    const pipeline = await openPipeline('hello.notify');
    const sink = pipeline.start({}, `nxs_${'a'.repeat(43)}`);
    expect(await sink.ended()).toBe(4);
    expect(sink.faults()).toBe(
      `nexomatic-sink: ${hub.url} does not accept this sink's token: it was revoked, belongs to another hub, or was copied incompletely. Set NEXOMATIC_SINK_TOKEN to a valid one.\n`,
    );
  });

  it('exits with 78 and lists every fault of its settings', async () => {
    const sink = startSink({ NEXOMATIC_SLOTS: 'many' });
    expect(await sink.ended()).toBe(78);
    expect(sink.faults().trim().split('\n')).toHaveLength(5);
  });
});
