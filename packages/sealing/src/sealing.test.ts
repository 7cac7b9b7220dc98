import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { noble } from './noble.ts';
import { nodeSealing } from './node.ts';
import { openSodium } from './sodium.ts';

const sodium = await openSodium();
const all = { sodium, noble, node: nodeSealing };
const utf8 = (text: string) => new TextEncoder().encode(text);
const pairs = Object.entries(all).flatMap(([from, a]) => Object.entries(all).map(([to, b]) => ({ from, to, a, b })));
const message = utf8('hunter2 · ключ · 鍵');

test('all know the same public key of a private one', () => {
  const privateKey = Uint8Array.from({ length: 32 }, (_, i) => i + 1);
  const pair = sodium.newPair();
  for (const sealing of [noble, nodeSealing]) {
    expect(sealing.pairOf(privateKey)).toEqual(sodium.pairOf(privateKey));
    expect(sealing.pairOf(pair.privateKey)).toEqual(pair);
    const own = sealing.newPair();
    expect(sodium.pairOf(own.privateKey)).toEqual(own);
  }
});

describe.each(pairs)('what $from makes', ({ a, b, to }) => {
  test(`${to} opens: sealed boxes of any message`, () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), (bytes) => {
        const pair = b.newPair();
        expect(b.open(a.seal(bytes, pair.publicKey), pair)).toEqual(Uint8Array.from(bytes));
      }),
      { numRuns: 25 },
    );
  });

  test(`${to} unwraps, under the same key and context alone`, () => {
    const key = new Uint8Array(32).fill(7);
    const wrapped = a.wrap(message, key, 'tenant/name/1');
    expect(b.unwrap(wrapped, key, 'tenant/name/1')).toEqual(message);
    expect(b.unwrap(wrapped, key, 'tenant/name/2')).toBeNull();
    expect(b.unwrap(wrapped, new Uint8Array(32).fill(8), 'tenant/name/1')).toBeNull();
  });

  test(`${to} refuses with one bit flipped, cut short, or for another key`, () => {
    const pair = b.newPair();
    const box = a.seal(message, pair.publicKey);
    fc.assert(
      fc.property(fc.nat(box.length * 8 - 1), (bit) => {
        const changed = Uint8Array.from(box, (byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
        // X25519 ignores the highest bit of a public key (RFC 7748, 5), but the nonce is made of all of them.
        expect(b.open(changed, pair)).toBeNull();
      }),
      { numRuns: 50 },
    );
    for (const length of [0, 1, 31, 32, 47, box.length - 1]) expect(b.open(box.subarray(0, length), pair)).toBeNull();
    expect(b.open(box, b.newPair())).toBeNull();
    expect(b.unwrap(new Uint8Array(10), new Uint8Array(32), '')).toBeNull();
  });
});

test.each(Object.entries(all))(
  '%s seals the same message into another box each time, 48 bytes longer',
  (_, sealing) => {
    const { publicKey } = sealing.newPair();
    const [one, two] = [sealing.seal(utf8('hunter2'), publicKey), sealing.seal(utf8('hunter2'), publicKey)];
    expect(one.length).toBe(55);
    expect(one).not.toEqual(two);
  },
);

test.each(Object.entries(all))('%s names a key of the wrong length', (_, sealing) => {
  expect(() => sealing.seal(message, new Uint8Array(31))).toThrow('the public key has 31 bytes; it must have 32');
  expect(() => sealing.wrap(message, new Uint8Array(16), '')).toThrow('the wrapping key has 16 bytes; it must have 32');
});
