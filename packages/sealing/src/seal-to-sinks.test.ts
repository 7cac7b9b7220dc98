import { createHash } from 'node:crypto';
import { newId } from '@nexomatic/contracts/id';
import { expect, test } from 'vitest';
import { boxKeyFingerprint, keyFingerprint } from './key-fingerprint.ts';
import { noble } from './noble.ts';
import { sealToSinks } from './seal-to-sinks.ts';
import { openSecret, sealedSize } from './secret-box.ts';

const place = { tenant: newId('tenant'), name: 'TOKEN', version: 3 };
const sinkOf = ({ publicKey }: { publicKey: Uint8Array }) => ({
  id: newId('sink'),
  boxKey: Buffer.from(publicKey).toString('base64url'),
});

test('each sink opens its own box and no other, and its length tells that of the value', () => {
  const pairs = [noble.newPair(), noble.newPair()];
  const value = new TextEncoder().encode('für Senken');
  const { boxes, ...rest } = sealToSinks(noble, pairs.map(sinkOf), place, value);
  expect(rest).toEqual({ version: 3, short: false });
  const opened = boxes.map(({ box }) =>
    pairs.map((pair) => openSecret(noble, pair, Buffer.from(box, 'base64'))?.value ?? null),
  );
  expect(opened).toEqual([
    [value, null],
    [null, value],
  ]);
  expect(boxes.map(({ box }) => sealedSize(place, Buffer.from(box, 'base64').length))).toEqual([
    value.length,
    value.length,
  ]);
});

test.each([
  ['12345', true],
  ['   12345   ', true],
  ['123456', false],
])('it is told whether %j is too short to be masked', (text, short) => {
  expect(sealToSinks(noble, [sinkOf(noble.newPair())], place, Buffer.from(text)).short).toBe(short);
});

test('a fingerprint is the first half of the SHA-256 of a key, in groups of four', () => {
  const { publicKey } = noble.newPair();
  const hex = createHash('sha256').update(publicKey).digest('hex').slice(0, 32);
  const shown = (hex.match(/.{4}/g) ?? []).join(' ');
  expect([keyFingerprint(publicKey), boxKeyFingerprint(sinkOf({ publicKey }).boxKey)]).toEqual([shown, shown]);
});
