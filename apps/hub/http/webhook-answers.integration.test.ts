import { hash } from 'node:crypto';
import { type Envelope, ingestPath, newIngestId } from '@nexomatic/contracts/envelope';
import { errorCodes } from '@nexomatic/contracts/error-code';
import { idFromUuid, idToBytes, newId } from '@nexomatic/contracts/id';
import { SourceSecret } from '@nexomatic/db/entities/source-secret';
import { createEdge } from '@nexomatic/edge/edge';
import { edgeKeyHex, edgeKeyId } from '@nexomatic/edge/testing/shared-key';
import { signedDeliveries } from '@nexomatic/edge/testing/signed-deliveries';
import { type CaseSource, caseOf, wordOf } from '@nexomatic/edge/testing/webhook-case';
import { webhookCases } from '@nexomatic/edge/testing/webhook-cases';
import { silentLogger } from '@nexomatic/logger';
import { envelopeKey } from '@nexomatic/signature/edge-envelope';
import { sealEnvelope } from '@nexomatic/signature/envelope-headers';
import { testDatabase } from '@nexomatic/testkit/database';
import { makePipeline, makeSource, sha256 } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, describe, expect, test, vi } from 'vitest';
import type { HubEnv } from '#server/env.ts';
import { testKeyringKeys } from '#server/keyring/testing/test-keyring.ts';
import { createServices } from '#server/services.ts';
import { secretContext } from '#server/sources/source-definition.ts';
import { createServer } from './server.ts';

/** The edge's own table of answers, against a real hub: reached directly, and through the Worker's code and a signed envelope. */

const database = await testDatabase();
const { tenant, webhookKey, eventType } = await makePipeline(database);
const env = {
  databaseUrl: database.url,
  redisUrl: await testRedis(),
  host: '127.0.0.1',
  port: 0,
  keyring: testKeyringKeys,
  publicUrl: 'https://hub.test',
  edgeUrl: 'https://hooks.test',
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

/** A source of its own for each case, with its secrets as the hub keeps them; the key of its address. */
async function openSource({ settings, secrets, sourceKey: given }: CaseSource) {
  const fixed = given ? { keyHash: sha256(given) } : {};
  const { source, key } = await makeSource(database, eventType, { settings: JSON.stringify(settings), ...fixed });
  const em = database.tenantEm(tenant.id);
  // Made in turn, so that the first one is the newest.
  for (const value of secrets.toReversed()) {
    const id = newId('sourceSecret');
    const context = secretContext(tenant.id, source.id, id);
    const wrapped = Buffer.from(services.keyring.wrap(Buffer.from(value), context));
    em.create(SourceSecret, { tenantId: tenant.id, id, sourceId: source.id, wrapped });
    await em.flush();
  }
  return given ?? key;
}

/** The outcome and cause of the receipt that a request left. */
async function receiptOf(requestId: string) {
  const [row] = await database.sql.query<{ outcome: string; status: number | null; cause: string | null }>(
    'SELECT outcome, status, cause FROM receipts WHERE id = ?',
    [idToBytes(idFromUuid('receipt', requestId))],
  );
  return row;
}

const address = 'https://hooks.test';

/** Signed anew for each mount: some sign the address, and each case has one of its own. */
async function allCases() {
  const deliveries = await signedDeliveries(address, services.clock.now());
  return [...webhookCases, ...deliveries.map(caseOf)].map((one) => ({ ...one, word: wordOf(one.expected) }));
}

describe.each([
  [
    'a hub itself',
    (request: Request) => fetch(new Request(request.url.replace(address, hubUrl), request)),
    await allCases(),
  ],
  ['an edge in front of a hub', (request: Request) => edge.fetch(request), await allCases()],
])('%s', (_, send, cases) => {
  test.each(cases)('answers $name with $word', async ({ source, request, expected }) => {
    const sourceKey = await openSource(source ?? { settings: {}, secrets: [] });
    const before = await countEvents();
    const response = await send(request({ baseUrl: address, sourceKey }));
    const headers = Object.fromEntries(response.headers);
    if ('answered' in expected) {
      expect({ status: response.status, text: await response.text() }).toEqual({
        status: 200,
        text: expected.answered,
      });
      expect(headers).toMatchObject(expected.headers);
      expect(await countEvents()).toBe(before);
      return;
    }
    const body = (await response.json()) as { requestId: string };
    if ('accepted' in expected) {
      expect({ status: response.status, body }).toMatchObject({
        status: 202,
        body: { status: 'accepted', eventId: expect.stringMatching(/^evt_/) },
      });
      expect(await countEvents()).toBe(before + 1);
      return;
    }
    const { status } = errorCodes[expected.code];
    expect({ status: response.status, body }).toMatchObject({ status, body: { code: expected.code } });
    expect(headers).toMatchObject({ 'content-type': 'application/problem+json', ...expected.headers });
    expect(await countEvents()).toBe(before);
    if (expected.by === 'form') return;
    const { code, cause = code } = expected;
    await expect.poll(() => receiptOf(body.requestId)).toEqual({ outcome: 'refused', status, cause });
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
