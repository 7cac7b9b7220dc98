import { type Envelope, envelopeHeaders } from '@nexomatic/contracts/envelope';
import { expect, test } from 'vitest';
import { envelopeKey, signEnvelope } from './edge-envelope.ts';
import { openEnvelope, sealEnvelope } from './envelope-headers.ts';

const key = envelopeKey('k1', '5f'.repeat(32));
const body = new TextEncoder().encode('{"name":"Ada"}');
const envelope: Envelope = {
  ingestId: '018f2f2e-0000-7000-8000-000000000001',
  receivedAt: 1_700_000_000_123,
  sourceKeyHash: 'ab'.repeat(32),
  contentType: 'application/json; charset=utf-8',
  remoteAddress: '2001:db8::7',
  headers: [
    ['user-agent', 'GitHub-Hookshot/044aadd'],
    ['x-note', 'caf\u00e9 "quoted" \\ and more'],
    ['x-empty', ''],
  ],
  settingsVersion: '7-0f',
  secretId: 'ssk_01jd5y0q6vf0x9h2m7k3c8t4zr',
  held: false,
};

test('what was sealed opens to the same envelope', async () => {
  const headers = new Headers(await sealEnvelope(key, envelope, body));
  expect(await openEnvelope([key], headers, body)).toEqual({ outcome: 'valid', envelope });
});

test('an envelope without content type, headers and address opens to empty ones', async () => {
  const bare = { ...envelope, contentType: '', remoteAddress: '', headers: [], settingsVersion: '', secretId: null };
  const headers = new Headers(await sealEnvelope(key, bare, body));
  expect(await openEnvelope([key], headers, body)).toEqual({ outcome: 'valid', envelope: bare });
});

test('headers that would make the head too long for a server are left out whole, from the end', async () => {
  const long: Envelope = { ...envelope, headers: Array.from({ length: 100 }, (_, n) => [`x-${n}`, '"'.repeat(100)]) };
  const sealed = await sealEnvelope(key, long, body);
  expect(Object.entries(sealed).join('').length).toBeLessThan(14 * 1024);
  const opened = await openEnvelope([key], new Headers(sealed), body);
  if (opened.outcome !== 'valid') throw new Error(`refused: ${opened.cause}`);
  expect(opened.envelope.headers.length).toBeGreaterThan(30);
  expect(opened.envelope.headers).toEqual(long.headers.slice(0, opened.envelope.headers.length));
});

const { version, keyId, ingestId, receivedAt, source, signature, details } = envelopeHeaders;

test.each([version, keyId, ingestId, receivedAt, source, details, signature])(
  'an envelope without %s is refused',
  async (name) => {
    const headers = new Headers(await sealEnvelope(key, envelope, body));
    headers.delete(name);
    expect(await openEnvelope([key], headers, body)).toEqual({ outcome: 'invalid', cause: 'missing' });
  },
);

test.each([
  ['another version', version, 'nx1', 'unknown_version'],
  ['a key id that is not known', keyId, 'k9', 'unknown_key'],
  ['another ingest id', ingestId, '018f2f2e-0000-7000-8000-000000000002', 'mismatch'],
  ['another time', receivedAt, '1700000000124', 'mismatch'],
  ['the same time in another spelling', receivedAt, '01700000000123', 'malformed'],
  ['a time that is no number', receivedAt, 'Infinity', 'malformed'],
  ['another source', source, 'ac'.repeat(32), 'mismatch'],
  ['an ingest id that is no UUID', ingestId, 'evt_1', 'malformed'],
  ['a source that is no hash', source, 'src_demo', 'malformed'],
  ['half a signature', signature, 'ab', 'malformed'],
  ['other details', details, btoa('{}'), 'mismatch'],
])('an envelope with %s is refused', async (_, name, value, cause) => {
  const headers = new Headers(await sealEnvelope(key, envelope, body));
  headers.set(name, value);
  expect(await openEnvelope([key], headers, body)).toEqual({ outcome: 'invalid', cause });
});

test('an envelope with another body is refused', async () => {
  const headers = new Headers(await sealEnvelope(key, envelope, body));
  const opened = await openEnvelope([key], headers, new TextEncoder().encode('{"name":"Eve"}'));
  expect(opened).toEqual({ outcome: 'invalid', cause: 'mismatch' });
});

test.each(['***', 'bm90IGpzb24', btoa('{"headers":[["a"]]}')])(
  'details that are no details, though signed, are refused: %s',
  async (packed) => {
    const { ingestId: id, receivedAt: at, sourceKeyHash } = envelope;
    const fields = { ingestId: id, receivedAt: at, source: sourceKeyHash, details: packed };
    const headers = new Headers(await sealEnvelope(key, envelope, body));
    headers.set(details, packed);
    headers.set(signature, await signEnvelope(key, fields, body));
    expect(await openEnvelope([key], headers, body)).toEqual({ outcome: 'invalid', cause: 'malformed' });
  },
);
