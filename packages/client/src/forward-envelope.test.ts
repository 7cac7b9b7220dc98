import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Envelope } from '@nexomatic/contracts/envelope';
import { problem } from '@nexomatic/contracts/error-code';
import { newId } from '@nexomatic/contracts/id';
import { envelopeKey } from '@nexomatic/signature/edge-envelope';
import { type OpenedEnvelope, openEnvelope } from '@nexomatic/signature/envelope-headers';
import { afterEach, expect, test } from 'vitest';
import { forwardEnvelope } from './forward-envelope.ts';

const key = envelopeKey('k1', '5f'.repeat(32));
const body = new Uint8Array([0x7b, 0x00, 0xff, 0x7d]);
const envelope: Envelope = {
  ingestId: '018f2f2e-0000-7000-8000-000000000001',
  receivedAt: 1_700_000_000_123,
  sourceKeyHash: 'ab'.repeat(32),
  contentType: 'application/json',
  remoteAddress: '192.0.2.1',
  headers: [['x-note', 'café']],
  settingsVersion: '',
  secretId: null,
  held: false,
};
const answer = { status: 'accepted', receiptId: newId('receipt'), eventId: newId('event') } as const;

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function hub(listener: RequestListener): Promise<string> {
  server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const forward = (hubUrl: string, timeoutMs = 5_000) =>
  forwardEnvelope({ hubUrl, key, fetch, timeoutMs }, envelope, body);

test('the hub gets the envelope signed and the body byte for byte', async () => {
  const got: { path: string | undefined; bytes: Uint8Array; opened: OpenedEnvelope }[] = [];
  const hubUrl = await hub(async (request, response) => {
    const bytes = new Uint8Array(await buffer(request));
    const headers = { get: (name: string) => request.headers[name]?.toString() ?? null };
    got.push({ path: request.url, bytes, opened: await openEnvelope([key], headers, bytes) });
    response.writeHead(202).end(JSON.stringify(answer));
  });
  expect(await forward(`${hubUrl}/base/`)).toEqual({ kind: 'answered', status: 202, answer });
  expect(got).toEqual([{ path: '/base/internal/ingest', bytes: body, opened: { outcome: 'valid', envelope } }]);
});

test('a refusal is given back with its problem and the time to come again', async () => {
  const refusal = problem('unavailable', 'The database is away.');
  const hubUrl = await hub((_, response) => {
    response.writeHead(503, { 'retry-after': '5' }).end(JSON.stringify(refusal));
  });
  expect(await forward(hubUrl)).toEqual({ kind: 'refused', status: 503, problem: refusal, retryAfter: 5 });
});

test('a refusal without a time, or with a date for one, has no time', async () => {
  const refusal = problem('source_not_found', 'No.');
  const hubUrl = await hub((_, response) => {
    response.writeHead(404, { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' }).end(JSON.stringify(refusal));
  });
  expect(await forward(hubUrl)).toEqual({ kind: 'refused', status: 404, problem: refusal });
});

test.each([
  [502, '<h1>Bad gateway</h1>'],
  [200, '{"ok":true}'],
  [404, '{"code":"no_such_code"}'],
  [307, ''],
])('an answer of status %i in no form of the hub’s counts as none', async (status, text) => {
  const hubUrl = await hub((_, response) => {
    response.writeHead(status, { location: '/elsewhere' }).end(text);
  });
  const cause = `status ${status} without an answer of the hub's form`;
  expect(await forward(hubUrl)).toEqual({ kind: 'unreachable', cause, status });
});

test('a hub that answers too late, or not to the end, is unreachable', async () => {
  const hubUrl = await hub((_, response) => {
    response.writeHead(202, { 'content-length': '100' }).write('{"status":');
  });
  expect(await forward(hubUrl, 50)).toEqual({ kind: 'unreachable', cause: 'no answer within 50 ms' });
});

test('a hub that drops the connection is unreachable', async () => {
  const hubUrl = await hub((request) => request.destroy());
  expect(await forward(hubUrl)).toEqual({ kind: 'unreachable', cause: 'fetch failed: other side closed' });
});

test('an address where nothing listens is unreachable, and the cause names it', async () => {
  const hubUrl = await hub(() => undefined);
  server?.close();
  const outcome = await forward(hubUrl);
  expect(outcome).toEqual({ kind: 'unreachable', cause: `fetch failed: connect ECONNREFUSED ${new URL(hubUrl).host}` });
});
