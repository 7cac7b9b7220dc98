import { exports } from 'cloudflare:workers';
import { problem } from '@nexomatic/contracts/error-code';
import { newId } from '@nexomatic/contracts/id';
import { expect, inject, test } from 'vitest';
import { sourceAnswering } from '../testing/ask-stand-in.ts';
import { loggedLines } from '../testing/logged-lines.ts';
import { edgeKeyHex, edgeKeyId, knownSourceKey } from '../testing/shared-key.ts';
import { createEdge } from './edge.ts';

const send = (sourceKey: string) =>
  exports.default.fetch(`https://edge.test/h/${sourceKey}`, { method: 'POST', body: '{}' });
/** By an edge that can hold nothing: it answers for its hub at once. */
const sendUnheld = (sourceKey: string) =>
  createEdge({ HUB_URL: inject('hubUrl'), EDGE_KEY_ID: edgeKeyId, EDGE_KEY: edgeKeyHex }).fetch(
    new Request(`https://edge.test/h/${sourceKey}`, { method: 'POST', body: '{}' }),
  );
const refusal = (...args: Parameters<typeof problem>) => {
  const document = problem(...args);
  return { status: document.status, body: JSON.stringify(document) };
};

test('a request that the hub had accepted before is answered 200 with the same ids', async () => {
  const ids = { eventId: newId('event'), receiptId: newId('receipt') };
  const response = await send(
    await sourceAnswering({ status: 200, body: JSON.stringify({ status: 'duplicate', ...ids }) }),
  );
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ status: 'duplicate', duplicate: true, ...ids });
});

test('a request that fires nothing is accepted with its receipt and no event', async () => {
  const ids = { eventId: null, receiptId: newId('receipt') };
  const response = await send(
    await sourceAnswering({ status: 202, body: JSON.stringify({ status: 'accepted', ...ids }) }),
  );
  expect(response.status).toBe(202);
  expect(await response.json()).toEqual({ status: 'accepted', ...ids });
});

test.each([
  ['event_type_disabled', 409, null],
  ['invalid_json', 422, null],
  ['rate_limited', 429, '7'],
  ['unavailable', 503, '7'],
] as const)('the hub’s %s is passed on as %i with its reason', async (code, status, retryAfter) => {
  const errors = [{ path: 'name', message: 'is missing' }];
  const headers = { 'retry-after': '7' };
  const response = await sendUnheld(
    await sourceAnswering({ headers, ...refusal(code, 'Because of this.', { errors }) }),
  );
  expect(response.status).toBe(status);
  expect(response.headers.get('retry-after')).toBe(retryAfter);
  expect(await response.json()).toMatchObject({ code, detail: 'Because of this.', errors });
});

test('an unknown key and a malformed one are answered alike', async () => {
  const [unknown, malformed] = await Promise.all([send('unknownunknownunknownunknownunkn'), send('nonsense')]);
  expect(unknown.status).toBe(malformed.status);
  expect([...unknown.headers]).toEqual([...malformed.headers]);
  const { requestId, ...document } = (await unknown.json()) as Record<string, unknown>;
  expect(await malformed.json()).toEqual({ ...document, requestId: expect.not.stringMatching(String(requestId)) });
});

test('an edge whose key the hub does not know answers 503, as a fault that is not the sender’s', async () => {
  const edge = createEdge({ HUB_URL: inject('hubUrl'), EDGE_KEY_ID: 'other', EDGE_KEY: '4b1d'.repeat(16) });
  const response = await edge.fetch(
    new Request(`https://edge.test/h/${knownSourceKey}`, { method: 'POST', body: '{}' }),
  );
  expect(response.status).toBe(503);
  expect(response.headers.get('retry-after')).toBe('10');
  expect(await response.json()).toMatchObject({ code: 'unavailable' });
  expect(loggedLines().at(-1)).toMatchObject({
    cause: 'no settings from the hub: the hub answered 401 at /internal/edge/settings',
  });
});

test.each([
  ['does not answer in time', { status: 202, body: '{}', delayMs: 3_000 }, 'no answer within 1500 ms'],
  ['is a proxy’s error page', { status: 502, body: '<h1>Bad gateway</h1>' }, 'status 502'],
  ['answers success in another form', { status: 200, body: '{"ok":true}' }, 'status 200'],
  ['redirects', { status: 307, headers: { location: '/internal/ingest' }, body: '' }, 'status 307'],
  ['refuses in another form', { status: 400, body: '{"code":"no_such_code"}' }, 'status 400'],
])('a hub that %s is answered for with 503 and a time to come again', async (_, scripted, cause) => {
  const response = await sendUnheld(await sourceAnswering(scripted));
  expect(response.status).toBe(503);
  expect(response.headers.get('retry-after')).toBe('10');
  expect(await response.json()).toMatchObject({ code: 'hub_unreachable', detail: expect.stringContaining('again') });
  expect(loggedLines().at(-1)).toMatchObject({ outcome: 'hub_unreachable', cause: expect.stringContaining(cause) });
});
