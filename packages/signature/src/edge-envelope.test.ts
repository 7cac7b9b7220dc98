import { createHash, createHmac, hkdfSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import vectors from '../vectors/edge-envelope.json' with { type: 'json' };
import { envelopeKey, signEnvelope, verifyEnvelope } from './edge-envelope.ts';
import { toHex } from './hex.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const keyHex = '5f'.repeat(32);
const key = envelopeKey('k1', keyHex);
const fields = {
  ingestId: '018f2f2e-0000-7000-8000-000000000001',
  receivedAt: 1_700_000_000_123,
  source: 'ab'.repeat(32),
  details: 'eyJoZWFkZXJzIjpbXX0',
};
const body = utf8('{"name":"Ada"}');

describe.each(vectors)('the published vector $name', (vector) => {
  const vectorKey = envelopeKey(vector.keyId, vector.keyHex);

  test('is what signing makes', async () => {
    expect(await signEnvelope(vectorKey, vector, utf8(vector.body))).toBe(vector.signature);
  });

  test('is accepted', async () => {
    expect(await verifyEnvelope([vectorKey], vector, utf8(vector.body))).toEqual({ outcome: 'valid' });
  });
});

test('the signature is the one that another HMAC implementation makes, for any body and fields', async () => {
  const line = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !text.includes('\n'));
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ minLength: 32, maxLength: 32 }),
      fc.record({ keyId: line, ingestId: line, source: line, receivedAt: fc.nat(), details: fc.string() }),
      fc.uint8Array({ maxLength: 300 }),
      async (rawKey, { keyId, ...signed }, bytes) => {
        const bodyHash = createHash('sha256').update(bytes).digest('hex');
        const detailsHash = createHash('sha256').update(signed.details).digest('hex');
        const text = `nx2\n${keyId}\n${signed.ingestId}\n${signed.receivedAt}\n${signed.source}\n${bodyHash}\n${detailsHash}`;
        const expected = createHmac('sha256', rawKey).update(text, 'utf8').digest('hex');
        expect(await signEnvelope(envelopeKey(keyId, toHex(rawKey)), signed, new Uint8Array(bytes))).toBe(expected);
      },
    ),
  );
});

test('one flipped bit in the key, the signature, a field or the body is refused', async () => {
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 200 }).map((array) => new Uint8Array(array));
  await fc.assert(
    fc.asyncProperty(bytes, fc.nat(), async (anyBody, bit) => {
      const signature = await signEnvelope(key, fields, anyBody);
      const claimed = { ...fields, keyId: 'k1', signature };
      const verdicts = await Promise.all([
        verifyEnvelope([envelopeKey('k1', flipHexBit(keyHex, bit))], claimed, anyBody),
        verifyEnvelope([key], { ...claimed, signature: flipCharBit(signature, bit) }, anyBody),
        verifyEnvelope([key], { ...claimed, ingestId: flipCharBit(fields.ingestId, bit) }, anyBody),
        verifyEnvelope([key], { ...claimed, source: flipCharBit(fields.source, bit) }, anyBody),
        verifyEnvelope([key], { ...claimed, details: flipCharBit(fields.details, bit) }, anyBody),
        verifyEnvelope(
          [key],
          { ...claimed, receivedAt: Number(BigInt(fields.receivedAt) ^ (1n << BigInt(bit % 40))) },
          anyBody,
        ),
        verifyEnvelope([key], claimed, flipBit(anyBody, bit)),
      ]);
      expect(verdicts.map(({ outcome }) => outcome)).toEqual(Array(7).fill('invalid'));
      expect(await verifyEnvelope([key], claimed, anyBody)).toEqual({ outcome: 'valid' });
    }),
    { numRuns: 1_000 },
  );
});

test('with several keys, the one that the key id names decides', async () => {
  const next = envelopeKey('k2', '6a'.repeat(32));
  const signature = await signEnvelope(next, fields, body);
  expect(await verifyEnvelope([key, next], { ...fields, keyId: 'k2', signature }, body)).toEqual({ outcome: 'valid' });
  expect(await verifyEnvelope([key, next], { ...fields, keyId: 'k1', signature }, body)).toEqual({
    outcome: 'invalid',
    cause: 'mismatch',
  });
});

test('a key id that is not known is refused as such', async () => {
  const claimed = { ...fields, keyId: 'k9', signature: await signEnvelope(key, fields, body) };
  expect(await verifyEnvelope([key], claimed, body)).toEqual({ outcome: 'invalid', cause: 'unknown_key' });
});

test.each([
  ['upper-case hex', (hex: string) => hex.toUpperCase()],
  ['a digit too few', (hex: string) => hex.slice(1)],
  ['white space around it', (hex: string) => ` ${hex.slice(2)} `],
  ['a prefix', (hex: string) => `sha256=${hex}`],
])('a signature with %s is refused as malformed', async (_, change) => {
  const signature = change(await signEnvelope(key, fields, body));
  expect(await verifyEnvelope([key], { ...fields, keyId: 'k1', signature }, body)).toEqual({
    outcome: 'invalid',
    cause: 'malformed',
  });
});

test('a field that brings a line break can neither be signed nor be accepted', async () => {
  const split = { ...fields, ingestId: 'a\nb' };
  await expect(signEnvelope(key, split, body)).rejects.toThrow(RangeError);
  const claimed = { ...split, keyId: 'k1', signature: '0'.repeat(64) };
  expect(await verifyEnvelope([key], claimed, body)).toEqual({ outcome: 'invalid', cause: 'malformed' });
});

test('a key of another length is refused without being repeated in the message', () => {
  expect(() => envelopeKey('k1', 'abcdef')).toThrow('envelope key k1 is not 64 hex digits');
});

function flipBit(bytes: Uint8Array<ArrayBuffer>, bit: number): Uint8Array<ArrayBuffer> {
  const at = (bit >> 3) % bytes.length;
  return bytes.map((byte, index) => (index === at ? byte ^ (1 << (bit & 7)) : byte));
}

/** One bit of one character's code, as a fault on the wire would change it. */
function flipCharBit(text: string, bit: number): string {
  return new TextDecoder('latin1').decode(flipBit(utf8(text), bit));
}

/** One bit of the value that the hex stands for, so that the changed text is hex again. */
function flipHexBit(hex: string, bit: number): string {
  const at = (bit >> 2) % hex.length;
  const digit = Number.parseInt(hex.charAt(at), 16) ^ (1 << (bit & 3));
  return hex.slice(0, at) + digit.toString(16) + hex.slice(at + 1);
}

test('what is derived from a key depends on key and purpose, and is what another HKDF makes', async () => {
  const derived = Buffer.from(await key.derive('a purpose'));
  expect(derived).toEqual(Buffer.from(hkdfSync('sha256', Buffer.from(keyHex, 'hex'), '', 'a purpose', 32)));
  expect(Buffer.from(await key.derive('another'))).not.toEqual(derived);
});
