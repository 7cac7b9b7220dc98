import { createHash } from 'node:crypto';
import type { Envelope } from '@nexomatic/contracts/envelope';
import { idToBytes, idToUuid, newId } from '@nexomatic/contracts/id';
import { envelopeKey } from '@nexomatic/signature/edge-envelope';
import { sealEnvelope } from '@nexomatic/signature/envelope-headers';
import { testDatabase } from '@nexomatic/testkit/database';
import { makePipeline } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, describe, expect, test } from 'vitest';
import { openTestWeb, testEdgeKey } from './testing/open-test-web.ts';

const database = await testDatabase();
const web = await openTestWeb({ databaseUrl: database.url, redisUrl: await testRedis() });
afterAll(() => web.close());
const pipeline = await makePipeline(database);
const keyHash = createHash('sha256').update(pipeline.webhookKey).digest();
const settingsVersion = (await web.services.definitions.sourceByKeyHash(keyHash))?.edge.version ?? '';
const json = { 'content-type': 'application/json' };

interface Answer {
  status?: string;
  code?: string;
  detail?: string;
  eventId?: string;
  receiptId?: string;
}

async function send(path: string, init: RequestInit) {
  const response = await web.get(path, { method: 'POST', ...init });
  return { status: response.status, headers: response.headers, answer: (await response.json()) as Answer };
}

async function eventCount(): Promise<number> {
  const [row] = await database.sql.query<{ n: number }>('SELECT COUNT(*) AS n FROM events');
  return Number(row?.n);
}

describe('an envelope of an edge', () => {
  const body = new TextEncoder().encode('{"name":"Ada"}');
  const makeEnvelope = (more: Partial<Envelope> = {}): Envelope => ({
    ingestId: idToUuid(newId('receipt')),
    receivedAt: web.services.clock.now(),
    sourceKeyHash: createHash('sha256').update(pipeline.webhookKey).digest('hex'),
    contentType: 'application/json',
    remoteAddress: '203.0.113.7',
    headers: [['x-github-event', 'push']],
    settingsVersion,
    secretId: null,
    held: false,
    ...more,
  });
  const forward = async (envelope: Envelope, key = testEdgeKey, sent = body) =>
    send('/internal/ingest', { headers: await sealEnvelope(key, envelope, body), body: sent });

  test('is accepted with its own time and address, and is a duplicate when it comes again', async () => {
    const envelope = makeEnvelope({ receivedAt: web.services.clock.now() - 3_600_000 });
    const first = await forward(envelope);
    expect(first).toMatchObject({ status: 202, answer: { status: 'accepted' } });
    const again = await forward(envelope);
    expect(again).toMatchObject({ status: 200, answer: { status: 'duplicate', eventId: first.answer.eventId } });
    const [row] = await database.sql.query<{ received_at: Date; remote_address: string }>(
      'SELECT received_at, remote_address FROM receipts WHERE tenant_id = ? AND id = ?',
      [idToBytes(pipeline.tenant.id), idToBytes(first.answer.receiptId ?? '')],
    );
    expect(row).toEqual({ received_at: new Date(envelope.receivedAt), remote_address: '203.0.113.7' });
  });

  test('that comes 30 times at once makes one event', async () => {
    const before = await eventCount();
    const envelope = makeEnvelope();
    const answers = await Promise.all(Array.from({ length: 30 }, () => forward(envelope)));
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(29);
    expect(new Set(answers.map(({ answer }) => answer.eventId)).size).toBe(1);
    expect(await eventCount()).toBe(before + 1);
  });

  test('for a source that nobody has is refused with 404', async () => {
    const refused = await forward(makeEnvelope({ sourceKeyHash: 'ab'.repeat(32) }));
    expect(refused).toMatchObject({ status: 404, answer: { code: 'source_not_found' } });
  });

  test.each([
    ['a key that is not known', makeEnvelope(), envelopeKey('k9', '0123456789abcdef'.repeat(4)), body],
    ['another key of the same name', makeEnvelope(), envelopeKey('k1', 'fedcba9876543210'.repeat(4)), body],
    ['another body than was signed', makeEnvelope(), testEdgeKey, new TextEncoder().encode('{"name":"Eve"}')],
    ['an id that is no UUIDv7', makeEnvelope({ ingestId: '018f2f2e-0000-4000-8000-000000000001' }), testEdgeKey, body],
    [
      'an age of eight days',
      makeEnvelope({ receivedAt: web.services.clock.now() - 8 * 86_400_000 }),
      testEdgeKey,
      body,
    ],
    [
      'a time two days ahead',
      makeEnvelope({ receivedAt: web.services.clock.now() + 2 * 86_400_000 }),
      testEdgeKey,
      body,
    ],
    ['a source that is no hash', makeEnvelope({ sourceKeyHash: 'src_demo' }), testEdgeKey, body],
  ])('with %s is refused with 401 and one and the same text', async (_, envelope, key, sent) => {
    const before = await eventCount();
    expect(await forward(envelope, key, sent)).toMatchObject({
      status: 401,
      answer: {
        code: 'envelope_invalid',
        detail: 'This address takes envelopes that one of the configured edges signed.',
      },
    });
    expect(await eventCount()).toBe(before);
  });

  test('without any of its headers is refused with 401', async () => {
    expect((await send('/internal/ingest', { headers: json, body: '{}' })).status).toBe(401);
  });
});
