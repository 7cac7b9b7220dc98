import type { EventDetail } from '@nexomatic/contracts/event-api';
import { type Id, idToBytes, newId } from '@nexomatic/contracts/id';
import { EventType } from '@nexomatic/db/entities/event-type';
import { testDatabase } from '@nexomatic/testkit/database';
import { makeApiToken, makePipeline } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { bearer, openTestWeb } from './testing/open-test-web.ts';
import { acceptOne, sinkHand, sinkOf } from './testing/run-event.ts';

const database = await testDatabase();
const web = await openTestWeb({ databaseUrl: database.url, redisUrl: await testRedis() });
afterAll(() => web.close());
const pipeline = await makePipeline(database);
const { tenant, eventType, apiToken } = pipeline;
const payload = '{"n":12345678901234567890, "a" : 1.0}';

let ended: Id<'event'>;
beforeEach(async () => {
  ended = await acceptOne(web.services, pipeline, payload);
  const hand = sinkHand(web.services, sinkOf(pipeline), ended);
  await hand.claim();
  await hand.end('ERROR', { reason: 'exception', message: 'boom' });
});

interface Answer {
  id: Id<'event'>;
  state: string;
  duplicate: boolean;
  code?: string;
  errors?: { path: string }[];
}

async function rerun(id: string, body: unknown = {}, headers: Record<string, string> = bearer(apiToken)) {
  const response = await web.post(`/api/v1/events/${id}/rerun`, body, { headers });
  return { status: response.status, answer: (await response.json()) as Answer };
}

async function read(id: string): Promise<EventDetail> {
  return (await (await web.get(`/api/v1/events/${id}`, { headers: bearer(apiToken) })).json()) as EventDetail;
}

describe('running an event again', () => {
  test('makes a new event with the same payload, byte for byte, in a chain of its own', async () => {
    const { status, answer } = await rerun(ended);
    expect({ status, answer }).toEqual({
      status: 200,
      answer: { id: expect.stringMatching(/^evt_/), state: 'QUEUED', duplicate: false },
    });
    const fresh = await read(answer.id);
    expect(fresh).toMatchObject({ rerunOf: ended, rootId: answer.id, parentId: null, depth: 0, source: null });
    expect(fresh.payload.text).toBe(payload);
  });

  test('is told on both events, with who wanted it', async () => {
    const { token } = await makeApiToken(database, tenant.id, { name: 'ci' });
    const { answer } = await rerun(ended, {}, bearer(token));
    const [before, after] = [await read(ended), await read(answer.id)];
    expect(before.reruns.map(({ id }) => id)).toEqual([answer.id]);
    expect(before.activity.at(-1)).toMatchObject({ verb: 'rerun', actor: 'apiToken:ci', detail: `as ${answer.id}` });
    expect(after.activity).toMatchObject([{ verb: 'rerun', actor: 'apiToken:ci', detail: `of ${ended}` }]);
  });

  test('takes another payload, as a value or as text, and keeps every digit of it', async () => {
    const asValue = await rerun(ended, '{"payload":{"n":98765432109876543210}}');
    expect((await read(asValue.answer.id)).payload.text).toBe('{"n":98765432109876543210}');
    const asText = await rerun(ended, { payloadJson: '{ "z": 1e400 }' });
    expect((await read(asText.answer.id)).payload.text).toBe('{ "z": 1e400 }');
  });

  test('may be repeated with an Idempotency-Key, and the key is good for this event and payload alone', async () => {
    const headers = { ...bearer(apiToken), 'idempotency-key': `again-${ended}` };
    const first = await rerun(ended, {}, headers);
    expect(await rerun(ended, {}, headers)).toMatchObject({
      status: 200,
      answer: { id: first.answer.id, duplicate: true },
    });
    expect(await rerun(ended, { payload: 2 }, headers)).toMatchObject({ status: 409 });
    expect(await rerun(first.answer.id, {}, headers)).toMatchObject({ status: 409 });
    const fired = await web.post('/api/v1/events', `{"type":"${eventType.name}","payload":${payload}}`, { headers });
    expect(fired.status).toBe(409);
  });

  test('stays pinned to the sink that the event was pinned to', async () => {
    const { sink } = pipeline;
    const fired = await web.post(
      '/api/v1/events',
      { type: eventType.name, sink: sink.name },
      { headers: bearer(apiToken) },
    );
    const { id } = (await fired.json()) as { id: Id<'event'> };
    await web.post(`/api/v1/events/${id}/cancel`, {}, { headers: bearer(apiToken) });
    const { answer } = await rerun(id);
    const [row] = await database.sql.query<{ pinned: Buffer }>(
      'SELECT pinned_sink_id AS pinned FROM events WHERE tenant_id = ? AND id = ?',
      [idToBytes(tenant.id), idToBytes(answer.id)],
    );
    expect(row?.pinned).toEqual(Buffer.from(idToBytes(sink.id)));
  });
});

describe('running an event again is refused', () => {
  test('while it waits or runs', async () => {
    const waiting = await acceptOne(web.services, pipeline);
    expect(await rerun(waiting)).toMatchObject({ status: 409, answer: { code: 'conflict' } });
    await sinkHand(web.services, sinkOf(pipeline), waiting).claim();
    expect(await rerun(waiting)).toMatchObject({ status: 409, answer: { code: 'conflict' } });
  });

  test('for an event that there is not here, whoever else may have it', async () => {
    const stranger = await makePipeline(database);
    expect(await rerun(newId('event'))).toMatchObject({ status: 404, answer: { code: 'not_found' } });
    expect(await rerun(ended, {}, bearer(stranger.apiToken))).toMatchObject({ status: 404 });
    expect((await read(ended)).reruns).toEqual([]);
  });

  test('when its event type is disabled', async () => {
    const em = database.tenantEm(tenant.id);
    await em.nativeUpdate(EventType, { id: eventType.id }, { enabled: false });
    web.services.definitions.forgetAll();
    const refused = await rerun(ended);
    await em.nativeUpdate(EventType, { id: eventType.id }, { enabled: true });
    web.services.definitions.forgetAll();
    expect(refused).toMatchObject({ status: 409, answer: { code: 'event_type_disabled' } });
  });

  test('with text that is no JSON, with two payloads, and with one that is too large', async () => {
    expect(await rerun(ended, { payloadJson: '{"a":' })).toMatchObject({
      status: 422,
      answer: { code: 'invalid_json', errors: [{ path: 'payloadJson' }] },
    });
    expect(await rerun(ended, { payload: 1, payloadJson: '1' })).toMatchObject({ status: 400 });
    expect(await rerun(ended, { payload: 'x'.repeat(1024 * 1024) })).toMatchObject({ status: 413 });
  });

  test('to a token without the right to manage events', async () => {
    const { token } = await makeApiToken(database, tenant.id, { scopes: 'events.read' });
    expect(await rerun(ended, {}, bearer(token))).toMatchObject({ status: 403, answer: { code: 'forbidden' } });
  });
});
