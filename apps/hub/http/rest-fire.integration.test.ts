import { idToBytes } from '@nexomatic/contracts/id';
import { testDatabase } from '@nexomatic/testkit/database';
import { makeApiToken, makeEventType, makePipeline, makeTenant, makeUser } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, describe, expect, test } from 'vitest';
import { bearer, openTestWeb, signInAs } from './testing/open-test-web.ts';

const database = await testDatabase();
const web = await openTestWeb({ databaseUrl: database.url, redisUrl: await testRedis() });
afterAll(() => web.close());
const { tenant, sinkType, action, eventType, apiToken, sinkToken } = await makePipeline(database);
const type = eventType.name;

async function fire(body: unknown, headers: Record<string, string> = {}) {
  const response = await web.post('/api/v1/events', body, { headers: { ...bearer(apiToken), ...headers } });
  return {
    status: response.status,
    headers: response.headers,
    answer: (await response.json()) as Record<string, unknown>,
  };
}

async function payloadOf(id: unknown): Promise<string | undefined> {
  const [row] = await database.sql.query<{ body: Buffer }>('SELECT body FROM event_payloads WHERE event_id = ?', [
    idToBytes(String(id)),
  ]);
  return row?.body.toString();
}

async function eventCount(): Promise<number> {
  const [row] = await database.sql.query<{ n: number }>('SELECT COUNT(*) AS n FROM events');
  return Number(row?.n);
}

describe('firing an event', () => {
  test('is answered 201 with its id, its address and its state', async () => {
    const { status, headers, answer } = await fire({ type, payload: { name: 'Ada' } });
    expect({ status, answer }).toEqual({
      status: 201,
      answer: { id: expect.stringMatching(/^evt_/), state: 'QUEUED', duplicate: false },
    });
    expect(headers.get('location')).toBe(`/api/v1/events/${answer.id}`);
    expect(await payloadOf(answer.id)).toBe('{"name":"Ada"}');
  });

  test('keeps the payload byte for byte, numbers that JavaScript can not hold included', async () => {
    const payload = '{"n":12345678901234567890123, "z":1e400,"f":1.0,\n "m":-0,"__proto__":{"admin":true}}';
    const { status, answer } = await fire(`{"type":"${type}","payload":${payload}}`);
    expect(status).toBe(201);
    expect(await payloadOf(answer.id)).toBe(payload);
  });

  test('without a payload has the payload null', async () => {
    const { answer } = await fire({ type });
    expect(await payloadOf(answer.id)).toBe('null');
  });

  test("comes from the tenant's own api source, which is made once", async () => {
    await Promise.all(Array.from({ length: 10 }, () => fire({ type })));
    const rows = await database.sql.query('SELECT 1 FROM sources WHERE tenant_id = ? AND kind = ?', [
      idToBytes(tenant.id),
      'CUSTOM',
    ]);
    expect(rows).toHaveLength(1);
  });
});

describe('with an Idempotency-Key', () => {
  test('the same body answers 200 and the same event', async () => {
    const first = await fire({ type, payload: { n: 1 } }, { 'idempotency-key': 'same-body' });
    const again = await fire({ type, payload: { n: 1 } }, { 'idempotency-key': 'same-body' });
    expect(first.status).toBe(201);
    expect(again).toMatchObject({ status: 200, answer: { id: first.answer.id, duplicate: true } });
  });

  test('another payload answers 409, and nothing is fired', async () => {
    await fire({ type, payload: { n: 1 } }, { 'idempotency-key': 'other-payload' });
    const before = await eventCount();
    const refused = await fire({ type, payload: { n: 2 } }, { 'idempotency-key': 'other-payload' });
    expect(refused).toMatchObject({ status: 409, answer: { code: 'idempotency_conflict' } });
    expect(await eventCount()).toBe(before);
  });

  test('the same payload for another event type answers 409', async () => {
    const other = await makeEventType(database, { sinkType, action });
    await fire({ type, payload: 1 }, { 'idempotency-key': 'other-type' });
    const refused = await fire({ type: other.name, payload: 1 }, { 'idempotency-key': 'other-type' });
    expect(refused).toMatchObject({ status: 409, answer: { code: 'idempotency_conflict' } });
  });

  test('twenty requests at once fire one event', async () => {
    const before = await eventCount();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => fire({ type, payload: { race: true } }, { 'idempotency-key': 'race' })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(19);
    expect(new Set(answers.map(({ answer }) => answer.id)).size).toBe(1);
    expect(await eventCount()).toBe(before + 1);
  });

  test('twenty requests at once with different bodies fire one event, and the others are told', async () => {
    const before = await eventCount();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => fire({ type, payload: n }, { 'idempotency-key': 'race-of-bodies' })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(19);
    expect(await eventCount()).toBe(before + 1);
  });

  test("the key is the tenant's own: another tenant may use it as well", async () => {
    const stranger = await makePipeline(database);
    const headers = { 'idempotency-key': 'shared-text' };
    await fire({ type, payload: 1 }, headers);
    const theirs = await fire(
      { type: stranger.eventType.name, payload: 2 },
      { ...headers, ...bearer(stranger.apiToken) },
    );
    expect(theirs.status).toBe(201);
  });

  test('a key that is empty or longer than 255 characters is refused', async () => {
    for (const key of ['', 'x'.repeat(256)]) {
      expect(await fire({ type }, { 'idempotency-key': key })).toMatchObject({
        status: 400,
        answer: { code: 'bad_request' },
      });
    }
  });
});

describe('a request to fire is refused', () => {
  const text = (body: unknown): string => (typeof body === 'string' ? body : JSON.stringify(body));

  test.each([
    [
      'an unknown event type',
      { type: 'no.such' },
      404,
      'not_found',
      [{ path: 'type', message: 'no event type has this name' }],
    ],
    ['no event type', { payload: 1 }, 400, 'bad_request', [{ path: 'type', message: expect.any(String) }]],
    [
      'a name that no event type can have',
      { type: 'a b' },
      400,
      'bad_request',
      [{ path: 'type', message: 'letters, digits and . _ : - only, beginning with a letter or digit' }],
    ],
    [
      'a field that there is not',
      { type, state: 'SUCCESS' },
      400,
      'bad_request',
      [{ path: '', message: 'Unrecognized key: "state"' }],
    ],
    [
      'somebody else’s tenant in the body',
      { type, tenantId: 'ten_x' },
      400,
      'bad_request',
      [{ path: '', message: 'Unrecognized key: "tenantId"' }],
    ],
    ['a list as its body', [], 400, 'bad_request', undefined],
    ['a body that is no JSON', '{"type":', 422, 'invalid_json', undefined],
    ['nothing as its body', '', 422, 'empty_body', undefined],
  ])('with %s', async (_, body, status, code, errors) => {
    const refused = await fire(text(body));
    expect(refused).toMatchObject({ status, answer: { code, status } });
    expect(refused.answer.errors).toEqual(errors);
    expect(refused.headers.get('content-type')).toBe('application/problem+json');
    expect(refused.answer.requestId).toBe(refused.headers.get('x-request-id'));
  });

  test('when it declares another type than JSON', async () => {
    const headers = { 'content-type': 'text/plain' };
    expect(await fire({ type }, headers)).toMatchObject({ status: 415, answer: { code: 'unsupported_media_type' } });
  });

  test('when its payload or its body is too large', async () => {
    const payload = 'x'.repeat(1024 * 1024 - 1);
    expect(await fire({ type, payload })).toMatchObject({ status: 413, answer: { code: 'payload_too_large' } });
    expect(await fire({ type, payload: payload.repeat(2) })).toMatchObject({
      status: 413,
      answer: { code: 'payload_too_large' },
    });
  });

  test('when the event type is disabled', async () => {
    const disabled = await makeEventType(database, { sinkType, action }, { enabled: false });
    expect(await fire({ type: disabled.name })).toMatchObject({ status: 409, answer: { code: 'event_type_disabled' } });
  });

  test('when the event type is of another tenant', async () => {
    const foreign = await makePipeline(database);
    expect(await fire({ type: foreign.eventType.name })).toMatchObject({ status: 404, answer: { code: 'not_found' } });
  });

  test.each([
    ['no credential', {}, 401, 'unauthenticated'],
    ['a token that nobody has', bearer(`nxt_${'a'.repeat(43)}`), 401, 'unauthenticated'],
    ['another scheme', { authorization: 'Basic YTpi' }, 401, 'unauthenticated'],
    ['a sink token', bearer(sinkToken), 403, 'forbidden'],
  ])('with %s', async (_, headers, status, code) => {
    const response = await web.post('/api/v1/events', { type }, { headers });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ code });
    if (status === 401) expect(response.headers.get('www-authenticate')).toBe('Bearer realm="nexomatic"');
  });

  test('with a token that was revoked', async () => {
    const { token } = await makeApiToken(database, tenant.id, { revokedAt: new Date(0) });
    expect(await fire({ type }, bearer(token))).toMatchObject({ status: 401 });
  });
});

describe('a signed-in person', () => {
  test.each([
    ['owner', 201],
    ['admin', 201],
    ['editor', 201],
    ['operator', 201],
    ['viewer', 403],
  ] as const)('who is %s is answered %i', async (role, status) => {
    const cookie = await signInAs(web, await makeUser(database, tenant.id, role));
    const headers = { cookie, 'sec-fetch-site': 'same-origin' };
    const response = await web.post(`/api/v1/events?tenant=${tenant.slug}`, { type }, { headers });
    expect(response.status).toBe(status);
  });

  test('of another tenant is told that there is no such tenant', async () => {
    const stranger = await makeUser(database, (await makeTenant(database)).id);
    const headers = { cookie: await signInAs(web, stranger), 'sec-fetch-site': 'same-origin' };
    const response = await web.post(`/api/v1/events?tenant=${tenant.slug}`, { type }, { headers });
    expect(response.status).toBe(404);
  });

  test("is not acted for when another site's page asks", async () => {
    const cookie = await signInAs(web, await makeUser(database, tenant.id));
    const address = `/api/v1/events?tenant=${tenant.slug}`;
    const senders: Record<string, string>[] = [
      { cookie, 'sec-fetch-site': 'cross-site' },
      { cookie, origin: 'https://evil.example' },
      { cookie },
    ];
    for (const headers of senders) expect((await web.post(address, { type }, { headers })).status).toBe(403);
  });
});

test('another method is answered 405 with what the address takes', async () => {
  const response = await web.get('/api/v1/events', { method: 'DELETE', headers: bearer(apiToken) });
  expect(response.status).toBe(405);
  expect(response.headers.get('allow')).toBe('POST, GET, HEAD');
  expect(await response.json()).toMatchObject({ code: 'method_not_allowed' });
});

test('an address that the API does not have is answered 404', async () => {
  const response = await web.get('/api/v1/nothing', { headers: bearer(apiToken) });
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({ code: 'not_found' });
});
