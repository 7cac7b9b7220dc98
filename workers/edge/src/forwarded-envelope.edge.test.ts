import { exports } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { receivedBy } from '../testing/ask-stand-in.ts';
import { streamOf } from '../testing/cases/requests.ts';
import { loggedLines } from '../testing/logged-lines.ts';
import { knownSourceHash, knownSourceKey } from '../testing/shared-key.ts';

async function forwarded(init: RequestInit) {
  const response = await exports.default.fetch(`https://edge.test/h/${knownSourceKey}?token=x`, {
    method: 'POST',
    ...init,
  });
  await response.body?.cancel();
  const received = await receivedBy(String(loggedLines().at(-1)?.requestId));
  if (received === null) throw new Error(`nothing arrived; the edge answered ${response.status}`);
  return received;
}

const bytes = (...values: number[]) => new Uint8Array(values);
const everyByte = Uint8Array.from({ length: 256 }, (_, value) => value);

test.each([
  ['invalid UTF-8', bytes(0x22, 0xff, 0xfe, 0xc3, 0x28, 0x22)],
  ['NUL bytes', bytes(0x22, 0, 0, 0x22)],
  ['a byte order mark', bytes(0xef, 0xbb, 0xbf, 0x7b, 0x7d)],
  ['line ends of both kinds', bytes(0x0d, 0x0a, 0x7b, 0x0a, 0x7d, 0x0d)],
  ['every byte there is', everyByte],
  ['nothing', bytes()],
])('a body of %s reaches the hub byte for byte', async (_, body) => {
  expect((await forwarded({ body })).body).toEqual(body);
});

test('a streamed body reaches the hub byte for byte, in order', async () => {
  const { body } = await forwarded({ body: streamOf(everyByte.slice(0, 100), bytes(), everyByte.slice(100)) });
  expect(body).toEqual(everyByte);
});

test('the envelope names the source by its hash, and the key itself reaches the hub nowhere', async () => {
  const { envelope } = await forwarded({ body: '{}', headers: { 'content-type': 'application/json' } });
  expect(envelope).toMatchObject({ sourceKeyHash: knownSourceHash, contentType: 'application/json' });
  expect(JSON.stringify(envelope)).not.toContain(knownSourceKey);
});

test('headers reach the hub as they came, but credentials and signatures are masked', async () => {
  const { envelope } = await forwarded({
    body: '{}',
    headers: {
      'X-GitHub-Delivery': '72d3162e-cc78-11e3-81ab-4c9367dc0958',
      'X-Hub-Signature-256': 'sha256=ab',
      Authorization: 'Bearer topsecret',
      'Proxy-Authorization': 'Basic topsecret',
      Cookie: 'session=topsecret',
      'X-Api-Key': 'topsecret',
      'X-Gitlab-Token': 'topsecret',
    },
  });
  expect(Object.fromEntries(envelope.headers)).toMatchObject({
    'x-github-delivery': '72d3162e-cc78-11e3-81ab-4c9367dc0958',
    authorization: '***',
    'x-hub-signature-256': '***',
  });
  expect(JSON.stringify(envelope)).not.toContain('topsecret');
});

test('the peer address is the one that the network saw, whatever the sender claims', async () => {
  const headers = { 'cf-connecting-ip': '2001:db8::7', 'x-forwarded-for': '127.0.0.1', 'x-real-ip': '127.0.0.1' };
  expect((await forwarded({ body: '{}', headers })).envelope.remoteAddress).toBe('2001:db8::7');
});

test('a sender can not write into the envelope through headers of its names', async () => {
  const headers = { 'nx-ingest-id': 'mine', 'nx-source': 'ab'.repeat(32), 'nx-remote-address': '127.0.0.1' };
  const { envelope } = await forwarded({ body: '{}', headers });
  expect(envelope).toMatchObject({ sourceKeyHash: knownSourceHash, remoteAddress: '' });
});
