import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createHubClient, type HubClientOptions } from '@nexomatic/client/hub-client';
import { createKeepAliveFetch } from '@nexomatic/client/keep-alive-fetch';
import { createSinkClient } from '@nexomatic/client/sink-client';
import { newId } from '@nexomatic/contracts/id';
import { silentLogger } from '@nexomatic/logger';
import { testDatabase } from '@nexomatic/testkit/database';
import { makePipeline } from '@nexomatic/testkit/factories';
import { freePort } from '@nexomatic/testkit/free-port';
import { testRedis } from '@nexomatic/testkit/redis';
import { waitFor } from '@nexomatic/testkit/wait-for';
import { afterAll, describe, expect, it } from 'vitest';
import { Delivery } from './spool/delivery.ts';
import { SpoolFiles } from './spool/spool-files.ts';
import { startHub } from './testing/start-hub.ts';

const database = await testDatabase();
const hub = await startHub({ databaseUrl: database.url, redisUrl: await testRedis(), port: await freePort() });
const folder = await mkdtemp(path.join(tmpdir(), 'nexomatic-spool-'));
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const realFetch = createKeepAliveFetch();

/** A client whose next answers to a procedure can be lost on their way back: the hub acts, and the sink hears nothing. */
async function openClient() {
  const pipeline = await makePipeline(database);
  const api = createHubClient({ url: hub.url, token: pipeline.apiToken });
  const calls: string[] = [];
  const losses = new Map<string, number>();
  const fetch = async (...[url, init]: Parameters<typeof realFetch>) => {
    const procedure = new URL(url).pathname.slice('/trpc/sink.'.length);
    calls.push(procedure);
    const answer = await realFetch(url, init);
    const left = losses.get(procedure) ?? 0;
    if (left === 0) return answer;
    losses.set(procedure, left - 1);
    throw new Error('the connection was closed before the answer was complete');
  };
  const client = createSinkClient({
    url: hub.url,
    token: pipeline.sinkToken,
    fetch: fetch as NonNullable<HubClientOptions['fetch']>,
  });
  const delivery = new Delivery({
    hub: client,
    files: await SpoolFiles.open(path.join(folder, newId('sink'))),
    logger: silentLogger,
    onFailure: () => undefined,
  });
  return {
    client,
    delivery,
    calls,
    lose: (procedure: string, count = 1) => losses.set(procedure, count),
    fire: async () => (await api.events.fire.mutate({ type: pipeline.eventType.name, payload: {} })).id,
    get: (id: Awaited<ReturnType<typeof api.events.fire.mutate>>['id']) => api.events.get.query({ id }),
    logs: (id: Awaited<ReturnType<typeof api.events.fire.mutate>>['id']) => api.events.logs.query({ id }),
  };
}

describe('when an answer of the hub is lost', () => {
  it('a claim that was granted unheard is given back, and the event can be claimed again', async () => {
    const { client, lose, fire, get } = await openClient();
    const eventId = await fire();
    lose('claim');
    expect(await client.claim({ eventId, attempt: 1 })).toMatchObject({ outcome: 'gone' });
    const event = await waitFor(async () => (await get(eventId)).state === 'QUEUED' && get(eventId), {
      what: 'the event to be queued again',
    });
    expect(event).toMatchObject({ reason: 'handed_back', attempts: [{ number: 1, state: 'HANDED_BACK' }] });
    expect(await client.claim({ eventId, attempt: 2 })).toMatchObject({ outcome: 'claimed', attempt: 2 });
  });

  it('a result is sent again and counts once', async () => {
    const { client, delivery, calls, lose, fire, get } = await openClient();
    const eventId = await fire();
    await client.claim({ eventId, attempt: 1 });
    lose('record', 2);
    const report = { eventId, attempt: 1, state: 'SUCCESS', result: { utf8: '1' }, lastLogSeq: 0 } as const;
    const { told, delivered } = await delivery.record(report);
    expect(told).toBe('spooled');
    await delivered;
    expect(calls.filter((call) => call === 'record')).toHaveLength(3);
    expect(await get(eventId)).toMatchObject({ state: 'SUCCESS', result: { text: '1' } });
  });

  it('log chunks are sent again and stand in the log once', async () => {
    const { client, delivery, lose, fire, logs } = await openClient();
    const eventId = await fire();
    await client.claim({ eventId, attempt: 1 });
    lose('appendLogs');
    const chunk = { eventId, attempt: 1, seq: 1, channel: 'stdout', at: 1, bytes: { utf8: 'once\n' } } as const;
    expect(await delivery.appendLogs([chunk])).toEqual(['stored']);
    await delivery.drained();
    expect((await logs(eventId)).entries.map(({ text }) => text.trimEnd())).toEqual(['once']);
  });

  it('the hub is told of as lost and as recovered, once each', async () => {
    const said: string[] = [];
    const eventId = await openClient().then(({ fire }) => fire());
    const { sinkToken } = await makePipeline(database);
    let failures = 3;
    const client = createSinkClient({
      url: hub.url,
      token: sinkToken,
      fetch: (async (...[url, init]: Parameters<typeof realFetch>) => {
        if (failures-- > 0) throw new Error('connect ECONNREFUSED');
        return realFetch(url, init);
      }) as NonNullable<HubClientOptions['fetch']>,
      onLost: (error) => said.push(error.message),
      onRecovered: () => said.push('recovered'),
    });
    expect(await client.handBack({ eventId, attempt: 1 })).toBe('stale');
    expect(said).toEqual(['hand back: connect ECONNREFUSED', 'recovered']);
  });
});

describe('calls of many attempts', () => {
  it('share requests, and each gets its own outcome', async () => {
    const { client, calls, fire } = await openClient();
    const ids = await Promise.all(Array.from({ length: 60 }, fire));
    const claims = await Promise.all(
      ids.map((eventId, index) => client.claim({ eventId, attempt: index % 3 ? 1 : 9 })),
    );
    expect(claims.map(({ eventId, outcome }) => [eventId, outcome])).toEqual(
      ids.map((eventId, index) => [eventId, index % 3 ? 'claimed' : 'gone']),
    );
    expect(calls.length).toBeLessThanOrEqual(2);
    const reports = ids.map((eventId) => ({ eventId, attempt: 1, state: 'SUCCESS', lastLogSeq: 0 }) as const);
    const recorded = await Promise.all(reports.map((report) => client.record(report)));
    expect(recorded).toEqual(ids.map((_, index) => (index % 3 ? 'recorded' : 'stale')));
  });

  it('do not suffer from one that the hub refuses', async () => {
    const { client, fire } = await openClient();
    const [eventId, other] = [await fire(), await fire()];
    const refused = client.claim({ eventId: 'evt_nonsense', attempt: 1 });
    const claims = [client.claim({ eventId, attempt: 1 }), client.claim({ eventId: other, attempt: 1 })];
    await expect(refused).rejects.toMatchObject({ kind: 'rejected', status: 400 });
    expect((await Promise.all(claims)).map(({ outcome }) => outcome)).toEqual(['claimed', 'claimed']);
  });
});
