import { fakeClock } from '@nexomatic/clock';
import { idToBytes, newId } from '@nexomatic/contracts/id';
import { queuePrefix, sinkQueueName, typeQueueName } from '@nexomatic/queue/names';
import { testDatabase } from '@nexomatic/testkit/database';
import { makePipeline, makeTenant, makeUser } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, describe, expect, test } from 'vitest';
import { bearer, openTestWeb, signInAs } from './testing/open-test-web.ts';
import { acceptOne, sinkOf } from './testing/run-event.ts';

const database = await testDatabase();
const clock = fakeClock();
const web = await openTestWeb({ databaseUrl: database.url, redisUrl: await testRedis(), clock });
afterAll(() => web.close());
const pipeline = await makePipeline(database);
const { tenant, sink, sinkType, sinkToken, apiToken } = pipeline;

interface Reply {
  result?: { data: Record<string, unknown> };
  error?: {
    message: string;
    data: { httpStatus: number; stack?: string; problem: { code: string; errors?: unknown } };
  };
}

async function call(path: string, input: unknown, headers: Record<string, string>) {
  const response = await web.post(`/trpc/${path}`, input, { headers });
  return { status: response.status, headers: response.headers, reply: (await response.json()) as Reply };
}

async function ask(path: string, input: unknown, headers: Record<string, string>) {
  const query = input === undefined ? '' : `input=${encodeURIComponent(JSON.stringify(input))}`;
  const response = await web.get(`/trpc/${path}${path.includes('?') ? '&' : '?'}${query}`, { headers });
  return { status: response.status, reply: (await response.json()) as Reply };
}

const hello = { version: '0.1.0', hostname: 'host', platform: 'linux', slots: 8, runtimeVersion: '3.11.2' };

async function sinkRow(id: string) {
  const [row] = await database.sql.query<{ status: string; slots: number; version: string; last_seen_at: Date }>(
    'SELECT status, slots, version, last_seen_at FROM sinks WHERE id = ?',
    [idToBytes(id)],
  );
  return row;
}

describe('a sink', () => {
  test('says hello, is shown as online, and learns its queues', async () => {
    const { status, reply } = await call('sink.hello', hello, bearer(sinkToken));
    expect(status).toBe(200);
    expect(reply.result?.data).toEqual({
      sinkId: sink.id,
      tenantId: tenant.id,
      name: sink.name,
      type: sinkType.name,
      runtime: 'PYTHON',
      paused: false,
      packedLogs: true,
      queues: [
        { prefix: queuePrefix(tenant.id), name: typeQueueName(sinkType.name) },
        { prefix: queuePrefix(tenant.id), name: sinkQueueName(sink.id) },
      ],
    });
    expect(await sinkRow(sink.id)).toMatchObject({ status: 'ONLINE', slots: 8, version: '0.1.0' });
  });

  test('that was paused stays so when its agent starts again', async () => {
    const paused = await makePipeline(database);
    await database.sql.run("UPDATE sinks SET status = 'PAUSED', paused_at = NOW(3) WHERE id = ?", [
      idToBytes(paused.sink.id),
    ]);
    await call('sink.hello', hello, bearer(paused.sinkToken));
    expect(await sinkRow(paused.sink.id)).toMatchObject({ status: 'PAUSED' });
  });

  test('that stops is shown as draining, and as online when it starts again', async () => {
    const other = await makePipeline(database);
    await call('sink.hello', hello, bearer(other.sinkToken));
    await call('sink.heartbeat', { slotsBusy: 1, stopping: true }, bearer(other.sinkToken));
    expect(await sinkRow(other.sink.id)).toMatchObject({ status: 'DRAINING' });
    await call('sink.hello', hello, bearer(other.sinkToken));
    expect(await sinkRow(other.sink.id)).toMatchObject({ status: 'ONLINE' });
  });

  test('that was taken for offline is online with its next heartbeat', async () => {
    const other = await makePipeline(database);
    await call('sink.heartbeat', { slotsBusy: 0, stopping: false }, bearer(other.sinkToken));
    expect(await sinkRow(other.sink.id)).toMatchObject({ status: 'ONLINE' });
  });

  test('is written to the database only when something changed', async () => {
    const other = await makePipeline(database);
    const beat = () => call('sink.heartbeat', { slotsBusy: 0, stopping: false }, bearer(other.sinkToken));
    await beat();
    const before = await sinkRow(other.sink.id);
    clock.advance(10_000);
    await beat();
    expect(await sinkRow(other.sink.id)).toEqual(before);
  });

  test('claims, logs and records, with one outcome for each item in the same order', async () => {
    const ids = [await acceptOne(web.services, pipeline), newId('event'), await acceptOne(web.services, pipeline)];
    const tickets = ids.map((eventId) => ({ eventId, attempt: 1 }));
    const claimed = await call('sink.claim', { tickets }, bearer(sinkToken));
    expect(claimed.reply.result?.data).toMatchObject({
      outcomes: [{ outcome: 'claimed' }, { outcome: 'gone' }, { outcome: 'claimed' }],
    });
    const renewed = await call('sink.renew', { attempts: tickets }, bearer(sinkToken));
    expect(renewed.reply.result?.data).toEqual({ outcomes: ['renewed', 'lost', 'renewed'] });
    const chunks = tickets.map((ticket) => ({ ...ticket, seq: 1, channel: 'stdout', at: 0, bytes: { utf8: 'x\n' } }));
    const logged = await call('sink.appendLogs', { chunks }, bearer(sinkToken));
    expect(logged.reply.result?.data).toEqual({ outcomes: ['stored', 'refused', 'stored'] });
    const reports = tickets.slice(0, 2).map((ticket) => ({ ...ticket, state: 'SUCCESS', lastLogSeq: 1 }));
    const recorded = await call('sink.record', { reports }, bearer(sinkToken));
    expect(recorded.reply.result?.data).toEqual({ outcomes: ['recorded', 'stale'] });
    const back = await call('sink.handBack', { attempts: tickets }, bearer(sinkToken));
    expect(back.reply.result?.data).toEqual({ outcomes: ['stale', 'stale', 'queued'] });
  });

  test('of another tenant gets nothing of an event', async () => {
    const stranger = await makePipeline(database);
    const eventId = await acceptOne(web.services, pipeline);
    const theirs = bearer(stranger.sinkToken);
    const claimed = await call('sink.claim', { tickets: [{ eventId, attempt: 1 }] }, theirs);
    expect(claimed.reply.result?.data).toMatchObject({ outcomes: [{ outcome: 'gone' }] });
    await web.services.claimAttempts(sinkOf(pipeline), [{ eventId, attempt: 1 }]);
    const chunk = { eventId, attempt: 1, seq: 1, channel: 'stdout', at: 0, bytes: { utf8: 'x' } };
    expect((await call('sink.appendLogs', { chunks: [chunk] }, theirs)).reply.result?.data).toEqual({
      outcomes: ['refused'],
    });
    const report = { eventId, attempt: 1, state: 'ERROR', lastLogSeq: 0 };
    expect((await call('sink.record', { reports: [report] }, theirs)).reply.result?.data).toEqual({
      outcomes: ['stale'],
    });
  });

  test('that sends what does not fit is told which field', async () => {
    const { status, reply } = await call(
      'sink.claim',
      { tickets: [{ eventId: 'evt_1', attempt: 0 }] },
      bearer(sinkToken),
    );
    expect(status).toBe(400);
    expect(reply.error?.data.problem).toMatchObject({
      code: 'bad_request',
      errors: [{ path: 'tickets[0].eventId' }, { path: 'tickets[0].attempt' }],
    });
  });
});

describe('a signed-in person', () => {
  test('is told who they are and where they belong', async () => {
    const user = await makeUser(database, tenant.id, 'editor');
    const { reply } = await ask(`session.me?tenant=${tenant.slug}`, undefined, { cookie: await signInAs(web, user) });
    expect(reply.result?.data).toMatchObject({
      userId: user.id,
      email: user.email,
      memberships: [{ tenantId: tenant.id, role: 'editor' }],
      member: { tenantId: tenant.id, role: 'editor' },
    });
  });

  test('who signs out loses the cookie, and the session is over', async () => {
    const cookie = await signInAs(web, await makeUser(database, tenant.id));
    const out = await call('session.signOut', {}, { cookie, 'sec-fetch-site': 'same-origin' });
    expect(out.headers.get('set-cookie')).toBe('nx=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax');
    expect((await ask('session.me', undefined, { cookie })).status).toBe(401);
  });

  test('reads a tenant that they belong to, and no other', async () => {
    const cookie = await signInAs(web, await makeUser(database, tenant.id, 'viewer'));
    const foreign = await makeTenant(database);
    expect((await ask(`events.list?tenant=${tenant.slug}`, {}, { cookie })).status).toBe(200);
    expect((await ask(`events.list?tenant=${foreign.slug}`, {}, { cookie })).status).toBe(404);
    expect((await ask('events.list?tenant=no-such-tenant', {}, { cookie })).status).toBe(404);
    expect((await ask('events.list', {}, { cookie })).status).toBe(404);
  });

  test("is not acted for when another site's page asks", async () => {
    const cookie = await signInAs(web, await makeUser(database, tenant.id));
    for (const site of ['cross-site', 'same-site', 'none']) {
      const refused = await call('session.signOut', {}, { cookie, 'sec-fetch-site': site });
      expect(refused).toMatchObject({ status: 403, reply: { error: { data: { problem: { code: 'forbidden' } } } } });
    }
    expect((await ask('session.me', undefined, { cookie })).status).toBe(200);
  });
});

describe('a call is refused', () => {
  test('by GET when it changes something, with 405', async () => {
    expect((await ask('events.fire', { type: 'a' }, bearer(apiToken))).status).toBe(405);
  });

  test.each([
    'text/plain',
    'multipart/form-data; boundary=x',
    'application/octet-stream',
    'application/x-www-form-urlencoded',
  ])('with a body of type %s, with 415', async (type) => {
    const { status, reply } = await call('events.fire', { type: 'a' }, { ...bearer(apiToken), 'content-type': type });
    expect({ status, code: reply.error?.data.problem.code }).toEqual({ status: 415, code: 'unsupported_media_type' });
  });

  test('with a body that is too large, whether it says so or not, with 413', async () => {
    const body = JSON.stringify({ type: 'a', payload: 'x'.repeat(2 * 1024 * 1024) });
    expect((await call('events.fire', body, bearer(apiToken))).status).toBe(413);
    const headers = { ...bearer(apiToken), 'content-type': 'application/json' };
    const init = { method: 'POST', headers, body: new Blob([body]).stream(), duplex: 'half' };
    expect((await web.get('/trpc/events.fire', init as RequestInit)).status).toBe(413);
  });

  test('with a body that is no JSON, with 400 and no stack', async () => {
    const { status, reply } = await call('events.fire', '{"type":', bearer(apiToken));
    expect(status).toBe(400);
    expect(reply.error?.data.stack).toBeUndefined();
  });

  test('in a batch of more than fifty, with 400', async () => {
    const names = Array.from({ length: 51 }, () => 'events.list').join(',');
    expect((await web.get(`/trpc/${names}?batch=1&input=%7B%7D`, { headers: bearer(apiToken) })).status).toBe(400);
  });

  test('for a procedure that there is not, with 404', async () => {
    expect((await ask('events.nothing', {}, bearer(apiToken))).status).toBe(404);
  });
});

test('a chunked body within the limit is taken', async () => {
  const body = new Blob([JSON.stringify({ type: pipeline.eventType.name })]).stream();
  const headers = { ...bearer(apiToken), 'content-type': 'application/json' };
  const init = { method: 'POST', headers, body, duplex: 'half' } as RequestInit;
  expect((await web.get('/trpc/events.fire', init)).status).toBe(200);
});
