import { writeFile } from 'node:fs/promises';
import { idToBytes } from '@nexomatic/contracts/id';
import { leaseMs } from '@nexomatic/contracts/sink-protocol';
import { testDatabase } from '@nexomatic/testkit/database';
import { makeAction, makeEventType, makeParameter, makeSink } from '@nexomatic/testkit/factories';
import { freePort } from '@nexomatic/testkit/free-port';
import { testRedis } from '@nexomatic/testkit/redis';
import { waitFor } from '@nexomatic/testkit/wait-for';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { heldModule, openPipeline, openSite } from './testing/open-site.ts';
import { startSink } from './testing/start-sink.ts';

const database = await testDatabase();
const site = await openSite({ database, redisUrl: await testRedis() });
afterEach(() => site.killSinks());
afterAll(() => site.close());

describe('a sink', () => {
  it('runs a module on an event: result, records and output are kept', async () => {
    const pipeline = await openPipeline(site, 'hello.greet');
    await makeParameter(database, pipeline.eventType, { key: 'greeting', kind: 'STATIC', value: '"Hello"' });
    await makeParameter(database, pipeline.eventType, { key: 'name', kind: 'DATA', value: 'name' });
    const sink = pipeline.start();
    const id = await pipeline.fire({ name: 'Ada', seconds: 0.5 });
    const event = await pipeline.reached(id, 'SUCCESS');
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
    const pipeline = await openPipeline(site, 'hello.greet');
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
    const event = await pipeline.reached(id, 'ERROR');
    expect(event).toMatchObject({ reason: 'exception', message: 'RuntimeError: Ada asked for a failure' });
    const follower = await waitFor(async () => (await pipeline.get(id)).chain.find(({ parentId }) => parentId === id), {
      what: 'the follow-on',
    });
    expect((await pipeline.reached(follower.id, 'SUCCESS')).result?.text).toBe('{"alerted":true}');
  });

  it('ends a module that runs longer than its event type allows, and says how long that is', async () => {
    await site.module('sleeps', 'import time\ndef run(ctx):\n    while not ctx.cancelled: time.sleep(0.01)\n');
    const pipeline = await openPipeline(site, 'sleeps', { timeoutSeconds: 1 });
    pipeline.start();
    const id = await pipeline.fire({});
    expect(await pipeline.reached(id, 'ERROR')).toMatchObject({
      reason: 'timeout',
      message: 'it ran longer than the limit of 1 s and was ended',
    });
  });

  it('ends a module whose event is cancelled while it runs, and the event is not tried again', async () => {
    await site.module('waits', 'import time\ndef run(ctx):\n    while not ctx.cancelled: time.sleep(0.01)\n');
    const pipeline = await openPipeline(site, 'waits', { maxAttempts: 3 });
    const sink = pipeline.start();
    const id = await pipeline.fire({});
    await pipeline.reached(id, 'RUNNING');
    expect(await pipeline.api.events.cancel.mutate({ id })).toEqual({ id, outcome: 'cancelling' });
    const event = await pipeline.reached(id, 'ERROR');
    expect(event).toMatchObject({ reason: 'cancelled', message: 'it was cancelled while it ran', attempt: 1 });
    expect(await sink.line('attempt.finished', { eventId: id })).toMatchObject({
      cause: 'cancelled',
      told: 'recorded',
    });
  });

  it('keeps a result through an outage of the hub, and tells it when the hub is back', async () => {
    await site.module('held', heldModule);
    const pipeline = await openPipeline(site, 'held');
    const sink = pipeline.start();
    const id = await pipeline.fire({ until: site.file('outage') });
    await pipeline.reached(id, 'RUNNING');
    await site.stopHub();
    await writeFile(site.file('outage'), '');
    await sink.line('hub.lost');
    await site.startHub();
    expect((await pipeline.reached(id, 'SUCCESS')).result?.text).toBe('1');
    await sink.line('hub.recovered');
  });
});

describe('a sink that is killed', () => {
  it('leaves its event to another sink within lease + 10 s, where the event type says that is safe', async () => {
    await site.module('once_slow', 'import time\ndef run(ctx):\n    time.sleep(600 if ctx.attempt == 1 else 0)\n');
    const slow = await openPipeline(site, 'once_slow', { rerunWhenLost: true });
    const killed = slow.start();
    const id = await slow.fire({});
    await slow.reached(id, 'RUNNING');
    killed.child.kill('SIGKILL');
    const { token } = await makeSink(database, slow.sinkType);
    slow.start({}, token);
    const event = await slow.reached(id, 'SUCCESS', leaseMs + 10_000);
    expect(event.attempts.map(({ number, state }) => [number, state]).toSorted()).toEqual([
      [1, 'LOST'],
      [2, 'SUCCESS'],
    ]);
  });
});

describe('a sink that is told to stop', () => {
  it('lets what runs finish, takes nothing new, and exits with 0', async () => {
    await site.module('held', heldModule);
    const pipeline = await openPipeline(site, 'held');
    const sink = pipeline.start({ NEXOMATIC_SLOTS: '1' });
    const payload = { until: site.file('stopping') };
    const running = await pipeline.fire(payload);
    const waiting = await pipeline.fire(payload);
    await pipeline.reached(running, 'RUNNING');
    sink.child.kill('SIGTERM');
    await sink.line('agent.stopping');
    await writeFile(payload.until, '');
    expect(await sink.ended()).toBe(0);
    expect((await pipeline.get(running)).result?.text).toBe('1');
    expect(await pipeline.get(waiting)).toMatchObject({ state: 'QUEUED', attempt: 0 });
    pipeline.start();
    await pipeline.reached(waiting, 'SUCCESS');
  });

  it('hands back what does not finish in time, and another sink runs it', async () => {
    await site.module(
      'first_slow',
      'import time\ndef run(ctx):\n    while ctx.attempt == 1 and not ctx.cancelled: time.sleep(0.01)\n    return ctx.attempt\n',
    );
    const pipeline = await openPipeline(site, 'first_slow');
    const sink = pipeline.start({ NEXOMATIC_DRAIN_SECONDS: '0' });
    const id = await pipeline.fire({});
    await pipeline.reached(id, 'RUNNING');
    sink.child.kill('SIGTERM');
    expect(await sink.ended()).toBe(0);
    expect(await sink.line('attempt.finished')).toMatchObject({ cause: 'stopping', told: 'queued' });
    expect(await pipeline.get(id)).toMatchObject({ state: 'QUEUED', reason: 'handed_back' });

    const { token } = await makeSink(database, pipeline.sinkType);
    pipeline.start({}, token);
    const event = await pipeline.reached(id, 'SUCCESS');
    expect(event.result?.text).toBe('2');
    expect(event.attempts.map(({ number, state }) => [number, state])).toEqual(
      expect.arrayContaining([
        [1, 'HANDED_BACK'],
        [2, 'SUCCESS'],
      ]),
    );
  });

  it('twice ends a stubborn module at once and hands it back', async () => {
    await site.module('stubborn', 'import time\ndef run(ctx):\n    while True: time.sleep(1)\n');
    const pipeline = await openPipeline(site, 'stubborn');
    const sink = pipeline.start();
    const id = await pipeline.fire({});
    await pipeline.reached(id, 'RUNNING');
    sink.child.kill('SIGINT');
    await sink.line('agent.stopping');
    sink.child.kill('SIGINT');
    expect(await sink.ended()).toBe(0);
    expect(await pipeline.get(id)).toMatchObject({ state: 'QUEUED', reason: 'handed_back' });
  });
});

describe('a sink that can not start', () => {
  it('waits for a hub that is not there, and says so', async () => {
    const pipeline = await openPipeline(site, 'hello.notify');
    const nowhere = `http://127.0.0.1:${await freePort()}`;
    const sink = pipeline.start({ NEXOMATIC_HUB_URL: nowhere });
    expect(await sink.line('hub.awaited')).toMatchObject({ hubUrl: nowhere });
    sink.child.kill('SIGTERM');
    expect(await sink.ended()).toBe(0);
  });

  it('exits with 4 and says what to do when its token is not valid', async () => {
    const pipeline = await openPipeline(site, 'hello.notify');
    const sink = pipeline.start({}, `nxs_${'a'.repeat(43)}`);
    expect(await sink.ended()).toBe(4);
    expect(sink.faults()).toBe(
      `error unauthenticated: ${site.hubUrl} does not let this sink in: its token or keys were revoked, belong to another hub, or are incomplete. Join anew with a token from the page “Add sink”, or set NEXOMATIC_SINK_TOKEN to a valid one.\n`,
    );
  });

  it('exits with 3 and lists every fault of its settings', async () => {
    const sink = startSink({ NEXOMATIC_SLOTS: 'many' });
    expect(await sink.ended()).toBe(3);
    expect(sink.faults().trim().split('\n')).toHaveLength(4);
  });
});
