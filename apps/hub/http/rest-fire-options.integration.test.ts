import { type Id, idToBytes } from '@nexomatic/contracts/id';
import type { Sink } from '@nexomatic/db/entities/sink';
import { testDatabase } from '@nexomatic/testkit/database';
import { makePipeline, makeSink, makeSinkType } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, describe, expect, test } from 'vitest';
import { bearer, openTestWeb } from './testing/open-test-web.ts';

const database = await testDatabase();
const web = await openTestWeb({ databaseUrl: database.url, redisUrl: await testRedis() });
afterAll(() => web.close());
const { tenant, sinkType, sink, eventType, apiToken } = await makePipeline(database);
const type = eventType.name;

async function fire(body: unknown) {
  const response = await web.post('/api/v1/events', body, { headers: bearer(apiToken) });
  return { status: response.status, answer: (await response.json()) as { id: Id<'event'> } };
}

const claim = (eventId: Id<'event'>, { id: sinkId, name }: Sink) =>
  web.services.claimAttempts({ kind: 'sink', tenantId: tenant.id, sinkId, name, sinkTypeId: sinkType.id }, [
    { eventId, attempt: 1 },
  ]);

describe('an event may be fired', () => {
  test('for one sink alone, and another one of its type can not claim it', async () => {
    const { sink: other } = await makeSink(database, sinkType);
    const { status, answer } = await fire({ type, sink: sink.name });
    expect(status).toBe(201);
    expect(await claim(answer.id, other)).toMatchObject([{ outcome: 'gone' }]);
    expect(await claim(answer.id, sink)).toMatchObject([{ outcome: 'claimed' }]);
  });

  test('to start later, is not started before, and says so until then', async () => {
    const { answer } = await fire({ type, delaySeconds: 3_600 });
    const [row] = await database.sql.query<{ reason: string | null; wait: number; late: number }>(
      `SELECT reason, TIMESTAMPDIFF(SECOND, created_at, available_at) AS wait,
         TIMESTAMPDIFF(SECOND, created_at, expires_at) AS late FROM events WHERE tenant_id = ? AND id = ?`,
      [idToBytes(tenant.id), idToBytes(answer.id)],
    );
    expect(row).toEqual({ reason: 'delayed', wait: 3_600, late: 3_600 + eventType.queueTtlSeconds });
    const response = await web.get(`/api/v1/events/${answer.id}`, { headers: bearer(apiToken) });
    expect(await response.json()).toMatchObject({
      state: 'QUEUED',
      waiting: { code: 'delayed', until: expect.any(String) },
    });
    expect(await claim(answer.id, sink)).toMatchObject([{ outcome: 'gone' }]);
  });

  test('to start at an instant, to the millisecond', async () => {
    const at = new Date(web.services.clock.now() + 3_600_123).toISOString();
    const { status, answer } = await fire({ type, at });
    expect(status).toBe(201);
    const [row] = await database.sql.query<{ reason: string; available_at: Date }>(
      'SELECT reason, available_at FROM events WHERE tenant_id = ? AND id = ?',
      [idToBytes(tenant.id), idToBytes(answer.id)],
    );
    expect(row?.reason).toBe('delayed');
    // What the answer took is added: the database counts from when it writes.
    const late = (row?.available_at.getTime() ?? 0) - Date.parse(at);
    expect(late).toBeGreaterThanOrEqual(-1);
    expect(late).toBeLessThan(30_000);
  });

  test.each([
    ['in the past', { at: '2020-01-01T00:00:00Z' }, 'in the past'],
    ['later than in 30 days', { at: '2120-01-01T00:00:00Z' }, 'too far ahead'],
    ['beside a delay', { at: '2120-01-01T00:00:00Z', delaySeconds: 1 }, 'not together with delaySeconds'],
  ])('but not at an instant %s', async (_, more, message) => {
    expect(await fire({ type, ...more })).toMatchObject({
      ...{ status: 422, answer: { errors: [{ path: 'at', message }] } },
    });
  });

  test('neither for a sink that there is not, or that can not run it, nor later than in 30 days', async () => {
    const foreign = await makePipeline(database);
    const { sink: otherType } = await makeSink(database, await makeSinkType(database, tenant.id));
    const errors = [{ path: 'sink', message: expect.any(String) }];
    expect(await fire({ type, sink: foreign.sink.name })).toMatchObject({ status: 404, answer: { errors } });
    expect(await fire({ type, sink: otherType.name })).toMatchObject({ status: 422, answer: { errors } });
    for (const delaySeconds of [-1, 30 * 86_400 + 1, 0.5]) {
      const answer = { errors: [{ path: 'delaySeconds' }] };
      expect(await fire({ type, delaySeconds })).toMatchObject({ status: 400, answer });
    }
  });
});
