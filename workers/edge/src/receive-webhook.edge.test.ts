import { fakeClock } from '@nexomatic/clock';
import type { EdgeSourceSettings } from '@nexomatic/contracts/edge-protocol';
import type { Envelope } from '@nexomatic/contracts/envelope';
import { newId } from '@nexomatic/contracts/id';
import { defaultSourceSettings } from '@nexomatic/contracts/source-settings';
import { expect, test } from 'vitest';
import { knownSourceHash, knownSourceKey } from '../testing/shared-key.ts';
import { type ReceiveDeps, receiveWebhook, type Settled } from './receive-webhook.ts';
import { createTokenBuckets } from './token-buckets.ts';

const url = `https://edge.test/h/${knownSourceKey}`;
const answer = { status: 'accepted' as const, eventId: newId('event'), receiptId: newId('receipt') };

const { maxBodyBytes } = defaultSourceSettings.limits;
const settings: EdgeSourceSettings = { ...defaultSourceSettings, secrets: [] };

/** A receiver that notes what it forwards and what it reports. */
function receiver() {
  const forwarded: { envelope: Envelope; body: Uint8Array }[] = [];
  const settled: Settled[] = [];
  const deps: ReceiveDeps = {
    settings: {
      find: async () => ({ outcome: 'settings', version: 'v1', settings }),
      confirm: async (_, known) => known,
      outdated: () => undefined,
    },
    buckets: createTokenBuckets(() => 0),
    deliver: async (envelope, body) => {
      forwarded.push({ envelope, body });
      return { kind: 'answered', status: 202, answer };
    },
    clock: fakeClock(1_700_000_000_123),
    remoteAddress: '192.0.2.1',
    bodyTimeoutMs: 30,
    onSettled: (one) => settled.push(one),
  };
  return { forwarded, settled, deps };
}

/** A body that comes in pieces and notes how far it was read. */
function watchedBody(
  pull: (controller: ReadableStreamDefaultController<Uint8Array>, pulls: number) => void | Promise<void>,
) {
  const seen = { pulls: 0, cancelled: false };
  const stream = new ReadableStream<Uint8Array>(
    {
      pull: (controller) => pull(controller, ++seen.pulls),
      cancel: () => {
        seen.cancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { seen, stream };
}

test('what is forwarded carries the time, the address and the id that the receiver was given', async () => {
  const { forwarded, settled, deps } = receiver();
  const ingestId = '018f2f2e-0000-7000-8000-000000000001';
  const request = new Request(url, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } });
  await receiveWebhook(request, { ...deps, newIngestId: () => ingestId });
  expect(forwarded).toHaveLength(1);
  expect(forwarded[0]?.envelope).toMatchObject({
    ingestId,
    receivedAt: 1_700_000_000_123,
    remoteAddress: '192.0.2.1',
    sourceKeyHash: knownSourceHash,
    contentType: 'application/json',
    settingsVersion: 'v1',
    held: false,
  });
  expect(settled).toEqual([{ requestId: ingestId, bodyBytes: 2, outcome: 'accepted' }]);
});

test('a hash that the platform computes itself is used in place of Web Crypto’s', async () => {
  const { forwarded, deps } = receiver();
  await receiveWebhook(new Request(url, { method: 'POST', body: '{}' }), {
    ...deps,
    sha256Hex: (text) => `hash of ${text}`,
  });
  expect(forwarded[0]?.envelope.sourceKeyHash).toBe(`hash of ${knownSourceKey}`);
});

test('a body that stalls is given up with 408, cut off and not forwarded', async () => {
  const { forwarded, deps } = receiver();
  const stalled = Promise.withResolvers<void>();
  const { seen, stream } = watchedBody((controller, pulls) => {
    if (pulls > 1) return stalled.promise;
    controller.enqueue(new TextEncoder().encode('{"name":'));
    return undefined;
  });
  const response = await receiveWebhook(new Request(url, { method: 'POST', body: stream }), deps);
  expect(response.status).toBe(408);
  expect(await response.json()).toMatchObject({ code: 'body_timeout' });
  expect(seen.cancelled).toBe(true);
  expect(forwarded).toEqual([]);
});

test('a body that grows past the cap is taken to its end, so that the sender sees its 413, and not forwarded', async () => {
  const { forwarded, deps } = receiver();
  const { seen, stream } = watchedBody((controller, pulls) => {
    if (pulls > 20) controller.close();
    else controller.enqueue(new Uint8Array(maxBodyBytes / 4));
  });
  const response = await receiveWebhook(new Request(url, { method: 'POST', body: stream }), deps);
  expect(response.status).toBe(413);
  expect(await response.json()).toMatchObject({
    code: 'payload_too_large',
    detail: expect.stringContaining('1048576'),
  });
  expect(seen).toEqual({ pulls: 21, cancelled: false });
  expect(forwarded).toEqual([]);
});

test.each([
  ['never ends', () => undefined],
  ['pauses', () => new Promise<void>(() => undefined)],
])('a body that %s past the cap is cut off', async (_, pastCap) => {
  const { forwarded, deps } = receiver();
  const { seen, stream } = watchedBody((controller, pulls) => {
    controller.enqueue(new Uint8Array(maxBodyBytes / 4));
    return pulls > 5 ? pastCap() : undefined;
  });
  const response = await receiveWebhook(new Request(url, { method: 'POST', body: stream }), deps);
  expect(response.status).toBe(413);
  expect(seen.cancelled).toBe(true);
  expect(forwarded).toEqual([]);
});

test('a body that declares too many bytes is refused without one of them being read', async () => {
  const { forwarded, deps } = receiver();
  const { seen, stream } = watchedBody((controller) => controller.close());
  const headers = { 'content-length': String(maxBodyBytes + 1) };
  const response = await receiveWebhook(new Request(url, { method: 'POST', body: stream, headers }), deps);
  expect(response.status).toBe(413);
  expect(seen.pulls).toBe(0);
  expect(forwarded).toEqual([]);
});

test('a body whose sender goes away is not forwarded', async () => {
  const { forwarded, deps } = receiver();
  const { stream } = watchedBody((controller) => controller.error(new Error('connection reset')));
  const response = await receiveWebhook(new Request(url, { method: 'POST', body: stream }), deps);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ code: 'bad_request' });
  expect(forwarded).toEqual([]);
});
