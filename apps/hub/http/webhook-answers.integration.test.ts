import { hash } from 'node:crypto';
import { type Envelope, ingestPath, newIngestId } from '@nexomatic/contracts/envelope';
import { errorCodes } from '@nexomatic/contracts/error-code';
import { idToBytes } from '@nexomatic/contracts/id';
import { createEdge } from '@nexomatic/edge/edge';
import { edgeKeyHex, edgeKeyId } from '@nexomatic/edge/testing/shared-key';
import { webhookCases } from '@nexomatic/edge/testing/webhook-cases';
import { silentLogger } from '@nexomatic/logger';
import { envelopeKey } from '@nexomatic/signature/edge-envelope';
import { sealEnvelope } from '@nexomatic/signature/envelope-headers';
import { testDatabase } from '@nexomatic/testkit/database';
import { makePipeline } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, describe, expect, test, vi } from 'vitest';
import type { HubEnv } from '#server/env.ts';
import { testKeyringKeys } from '#server/keyring/testing/test-keyring.ts';
import { createServices } from '#server/services.ts';
import { createServer } from './server.ts';

/** The edge's own table of answers, against a real hub: reached directly, and through the Worker's code and a signed envelope. */

const database = await testDatabase();
const { tenant, webhookKey } = await makePipeline(database);
const env = {
  databaseUrl: database.url,
  redisUrl: await testRedis(),
  host: '127.0.0.1',
  port: 0,
  keyring: testKeyringKeys,
  publicUrl: 'http://127.0.0.1',
  edgeKeys: [envelopeKey(edgeKeyId, edgeKeyHex)],
  trustedProxies: [] as string[],
  ssoProviders: [] as HubEnv['ssoProviders'],
} as HubEnv;
const services = await createServices(env, silentLogger);
const server = createServer({ services });
const { host, port } = await server.listen();
const keyHash = Buffer.from(hash('sha256', webhookKey, 'hex'), 'hex');
const settingsVersion = (await services.definitions.sourceByKeyHash(keyHash))?.edge.version ?? '';
const hubUrl = `http://${host}:${port}`;
const edge = createEdge({ HUB_URL: hubUrl, EDGE_KEY_ID: edgeKeyId, EDGE_KEY: edgeKeyHex });

// The Worker logs through the console, the only log there is in workerd.
vi.spyOn(console, 'log').mockImplementation(() => undefined);

afterAll(async () => {
  await server.close();
  await services.close();
});

async function countEvents(): Promise<number> {
  const rows = await database.sql.query<{ events: number }>(
    'SELECT COUNT(*) AS events FROM events WHERE tenant_id = ?',
    [idToBytes(tenant.id)],
  );
  return Number(rows[0]?.events);
}

const described = webhookCases.map((one) => ({
  ...one,
  answer: 'code' in one.expected ? one.expected.code : 'accepted',
}));

describe.each([
  ['a hub itself', (request: Request) => fetch(request)],
  ['an edge in front of a hub', (request: Request) => edge.fetch(request)],
])('%s', (_, send) => {
  test.each(described)('answers $name with $answer', async ({ request, expected }) => {
    const before = await countEvents();
    const response = await send(request({ baseUrl: hubUrl, sourceKey: webhookKey }));
    const body = await response.json();
    const made = (await countEvents()) - before;
    if ('accepted' in expected) {
      expect(response.status).toBe(202);
      expect(body).toMatchObject({ status: 'accepted', eventId: expect.stringMatching(/^evt_/) });
      expect(made).toBe(1);
      return;
    }
    expect(response.status).toBe(errorCodes[expected.code].status);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(response.headers.get('allow')).toBe(expected.allow ?? null);
    expect(body).toMatchObject({ code: expected.code, requestId: expect.any(String) });
    expect(made).toBe(0);
  });

  test('stores a body byte for byte, numbers that no parser keeps included', async () => {
    const body = '{"name": "Ada\\u0000","n":12345678901234567890123,"z":1e400,"f":1.0,"m":-0,"__proto__":{"x":1}}\n';
    const response = await send(new Request(`${hubUrl}/h/${webhookKey}`, { method: 'POST', body }));
    const { eventId } = (await response.json()) as { eventId: string };
    const rows = await database.sql.query<{ body: Buffer }>('SELECT body FROM event_payloads WHERE event_id = ?', [
      idToBytes(eventId),
    ]);
    expect(rows.map((row) => row.body.toString())).toEqual([body]);
  });
});

describe('a signed envelope', () => {
  const body = new TextEncoder().encode('{"name":"Ada"}');
  const key = envelopeKey(edgeKeyId, edgeKeyHex);
  const envelope = (given: Partial<Envelope> = {}): Envelope => ({
    ingestId: newIngestId(),
    receivedAt: services.clock.now(),
    sourceKeyHash: hash('sha256', webhookKey, 'hex'),
    contentType: 'application/json',
    remoteAddress: '192.0.2.1',
    headers: [['x-note', 'one']],
    settingsVersion,
    secretId: null,
    held: false,
    ...given,
  });
  const post = (headers: Record<string, string>, bytes = body) =>
    fetch(hubUrl + ingestPath, { method: 'POST', headers, body: bytes });

  test('that is sent again is answered 200 with the ids of the first, and makes no second event', async () => {
    const headers = await sealEnvelope(key, envelope(), body);
    const first = await post(headers);
    expect(first.status).toBe(202);
    const made = await countEvents();
    const second = await post(headers);
    expect(second.status).toBe(200);
    const ids = (await first.json()) as object;
    expect(await second.json()).toEqual({ ...ids, status: 'duplicate' });
    expect(await countEvents()).toBe(made);
  });

  test('that waited two hours at the edge is taken', async () => {
    const receivedAt = services.clock.now() - 2 * 3_600_000;
    expect((await post(await sealEnvelope(key, envelope({ receivedAt }), body))).status).toBe(202);
  });

  test.each([
    [
      'by a key of an unknown name',
      async () => post(await sealEnvelope(envelopeKey('k9', edgeKeyHex), envelope(), body)),
    ],
    [
      'by another key',
      async () => post(await sealEnvelope(envelopeKey(edgeKeyId, '4b1d'.repeat(16)), envelope(), body)),
    ],
    [
      'for another body',
      async () =>
        post(
          await sealEnvelope(key, envelope(), body),
          body.map((byte) => byte ^ 1),
        ),
    ],
    ['by nobody', async () => post({ 'content-type': 'application/json' })],
  ])('signed %s is refused and stores nothing', async (_, send) => {
    const before = await countEvents();
    const response = await send();
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ code: 'envelope_invalid' });
    expect(await countEvents()).toBe(before);
  });
});
