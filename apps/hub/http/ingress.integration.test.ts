import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { idToBytes } from '@nexomatic/contracts/id';
import { testDatabase } from '@nexomatic/testkit/database';
import { makePipeline, makeSource, sourceKey } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, describe, expect, test } from 'vitest';
import { openTestWeb } from './testing/open-test-web.ts';

const database = await testDatabase();
const web = await openTestWeb({ databaseUrl: database.url, redisUrl: await testRedis() });
afterAll(() => web.close());
const pipeline = await makePipeline(database);
const address = `/h/${pipeline.webhookKey}`;
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

async function payloadOf(eventId: string | undefined): Promise<Buffer | undefined> {
  const [row] = await database.sql.query<{ body: Buffer }>(
    'SELECT body FROM event_payloads WHERE tenant_id = ? AND event_id = ?',
    [idToBytes(pipeline.tenant.id), idToBytes(eventId ?? '')],
  );
  return row?.body;
}

async function eventCount(): Promise<number> {
  const [row] = await database.sql.query<{ n: number }>('SELECT COUNT(*) AS n FROM events');
  return Number(row?.n);
}

describe('a webhook', () => {
  test('is answered 202 with the ids of its receipt and of its event, which has the body byte for byte', async () => {
    const body = '{ "n":12345678901234567890123,"z":1e400,"f":1.0,"m":-0, "\\u0000":"é😀" }';
    const { status, answer } = await send(address, { headers: json, body });
    expect({ status, answer }).toMatchObject({ status: 202, answer: { status: 'accepted' } });
    expect((await payloadOf(answer.eventId))?.toString()).toBe(body);
  });

  test.each([
    ['application/vnd.github+json', '{"a":1}'],
    ['Application/JSON; charset="UTF-8"', '{"a":1}'],
    ['text/plain', '[1,2]'],
    ['application/x-www-form-urlencoded', '{"name":"Ada"}'],
    ['application/json', '5'],
    ['application/json', 'null'],
    ['application/json', '{"__proto__":{"admin":true},"constructor":{"prototype":{"x":1}}}'],
  ])('declared as %s with body %s is taken', async (type, body) => {
    const { status } = await send(address, { headers: { 'content-type': type }, body });
    expect(status).toBe(202);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  test('without a declared type is taken if it is JSON', async () => {
    expect((await send(address, { body: new Uint8Array(Buffer.from('{"a":1}')) })).status).toBe(202);
  });

  test('of the largest size that is allowed is taken', async () => {
    const body = JSON.stringify('x'.repeat(1024 * 1024 - 2));
    const { status, answer } = await send(address, { headers: json, body });
    expect(status).toBe(202);
    expect(
      createHash('sha256')
        .update((await payloadOf(answer.eventId)) ?? '')
        .digest('hex'),
    ).toBe(createHash('sha256').update(body).digest('hex'));
  });

  test.each([
    [
      'a trailing comma',
      json,
      '{"a":1,}',
      422,
      'invalid_json',
      'Line 1, column 8: expected a property name in double quotes.',
    ],
    [
      'a fault in the third line',
      json,
      '{\n  "a": 1,\n  "b": x\n}',
      422,
      'invalid_json',
      'Line 3, column 8: expected a JSON value.',
    ],
    [
      'a byte order mark',
      json,
      '\ufeff{"a":1}',
      422,
      'invalid_json',
      'The body begins with a byte order mark (EF BB BF); send it without.',
    ],
    ['nothing in it', json, '', 422, 'empty_body', 'Send a JSON value as the body.'],
    [
      'a form',
      { 'content-type': 'application/x-www-form-urlencoded' },
      'a=1&b=2',
      415,
      'unsupported_media_type',
      'The body is declared as application/x-www-form-urlencoded and does not parse as JSON either. Line 1, column 1: expected a JSON value.',
    ],
    [
      'XML',
      { 'content-type': 'application/xml' },
      '<a/>',
      415,
      'unsupported_media_type',
      'This source takes JSON, and the body is declared as application/xml.',
    ],
    [
      'a declared charset of UTF-16',
      { 'content-type': 'application/json; charset=utf-16' },
      '{}',
      415,
      'charset',
      'The body is declared in another character set than UTF-8.',
    ],
    [
      'a declared compression',
      { ...json, 'content-encoding': 'gzip' },
      '{}',
      415,
      'content_encoding_not_enabled',
      'The body is declared as compressed; send it as it is.',
    ],
  ])('with %s is refused, and nothing is stored', async (_, headers, body, status, code, detail) => {
    const before = await eventCount();
    const refused = await send(address, { headers, body });
    expect(refused).toMatchObject({ status, answer: { code, detail } });
    expect(refused.headers.get('content-type')).toBe('application/problem+json');
    expect(await eventCount()).toBe(before);
  });

  test('with bytes that are not UTF-8 is refused with 415', async () => {
    const refused = await send(address, { headers: json, body: Uint8Array.of(0x22, 0xff, 0x22) });
    expect(refused).toMatchObject({ status: 415, answer: { code: 'charset' } });
  });

  test('of one byte too many is refused with 413, and so is one that only shows its size while it comes', async () => {
    const body = JSON.stringify('x'.repeat(1024 * 1024 - 1));
    expect(await send(address, { headers: json, body })).toMatchObject({
      status: 413,
      answer: { code: 'payload_too_large' },
    });
    const stream = new Blob([body]).stream();
    const chunked = await send(address, { headers: json, body: stream, duplex: 'half' } as RequestInit);
    expect(chunked).toMatchObject({ status: 413, answer: { code: 'payload_too_large' } });
  });

  test('by another method is refused with 405, which names POST', async () => {
    const response = await web.get(address);
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toContain('POST');
  });

  test('to an address that nobody has, a disabled source or a malformed key is refused with one and the same text', async () => {
    const { key: disabled } = await makeSource(database, pipeline.eventType, { enabled: false });
    const { key: custom } = await makeSource(database, pipeline.eventType, { kind: 'CUSTOM' });
    const answers = await Promise.all(
      [
        sourceKey(),
        disabled,
        custom,
        'x'.repeat(10_000),
        '%00',
        '..%2f..%2fetc',
        pipeline.webhookKey.toUpperCase(),
      ].map((key) => send(`/h/${key}`, { headers: json, body: '{}' })),
    );
    for (const { status, answer } of answers) {
      expect(status).toBe(404);
      expect({ ...answer, requestId: '' }).toEqual({ ...answers[0]?.answer, requestId: '' });
    }
  });

  test('to a source that takes nothing but declared JSON is refused when undeclared', async () => {
    const { key } = await makeSource(database, pipeline.eventType, { sniffJson: false });
    expect((await send(`/h/${key}`, { headers: json, body: '{}' })).status).toBe(202);
    const refused = await send(`/h/${key}`, { headers: { 'content-type': 'text/plain' }, body: '{}' });
    expect(refused).toMatchObject({ status: 415, answer: { code: 'unsupported_media_type' } });
  });

  test('to a source that fires nothing is answered 202 and kept', async () => {
    const { key } = await makeSource(database, pipeline.eventType, { eventTypeId: null });
    const before = await eventCount();
    expect(await send(`/h/${key}`, { headers: json, body: '{}' })).toMatchObject({
      status: 202,
      answer: { status: 'accepted', eventId: null, receiptId: expect.stringMatching(/^rcp_/) },
    });
    expect(await eventCount()).toBe(before);
  });

  test('whose event type is disabled is refused with 409', async () => {
    const disabled = await makePipeline(database, { eventType: { enabled: false } });
    const refused = await send(`/h/${disabled.webhookKey}`, { headers: json, body: '{}' });
    expect(refused).toMatchObject({ status: 409, answer: { code: 'event_type_disabled' } });
  });

  test('leaves credentials out of its receipt and keeps the rest of its headers', async () => {
    const headers = { ...json, authorization: 'Bearer secret', cookie: 'nx=secret', 'x-github-event': 'push' };
    const { answer } = await send(address, { headers, body: '{"kept":true}' });
    const [row] = await database.sql.query<{ headers: Buffer; remote_address: string }>(
      'SELECT headers, remote_address FROM receipts WHERE tenant_id = ? AND id = ?',
      [idToBytes(pipeline.tenant.id), idToBytes(answer.receiptId ?? '')],
    );
    const kept = Object.fromEntries(JSON.parse(row?.headers.toString() ?? '[]'));
    expect(kept).toMatchObject({ 'x-github-event': 'push', 'content-type': 'application/json' });
    expect(JSON.stringify(kept)).not.toContain('secret');
    expect(row?.remote_address).toBe('127.0.0.1');
  });
});

test('a request with both a length and a chunked body is refused before it reaches a rule', async () => {
  const before = await eventCount();
  const { hostname, port } = new URL(web.baseUrl);
  const socket = connect(Number(port), hostname);
  socket.write(
    `POST ${address} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`,
  );
  const text = await new Promise<string>((resolve, reject) => {
    let got = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      got += chunk;
    });
    socket.on('close', () => resolve(got)).on('error', reject);
  });
  expect(text).toMatch(/^HTTP\/1\.1 400 /);
  expect(await eventCount()).toBe(before);
});
