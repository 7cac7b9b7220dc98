import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { noble } from './noble.ts';
import { openSecret, sealSecret } from './secret-box.ts';
import { openSodium } from './sodium.ts';

const sodium = await openSodium();
const pair = sodium.newPair();
const place = { tenant: 'ten_01jd5y0q6vf0x9h2m7k3c8t4zr', name: 'API_TOKEN', version: 3 };

test('what a browser seals the hub opens, whatever bytes it is, and knows whose it is', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 3_000 }), (value) => {
      const box = sealSecret(noble, pair.publicKey, place, value);
      expect(openSecret(sodium, pair, box)).toEqual({ ...place, value: Uint8Array.from(value) });
    }),
    { numRuns: 30 },
  );
});

test('a value of lines stays whole: only the first line is not its own', () => {
  const value = new TextEncoder().encode('-----BEGIN KEY-----\nabc\n\n-----END KEY-----\n');
  expect(openSecret(noble, pair, sealSecret(sodium, pair.publicKey, place, value))?.value).toEqual(value);
});

describe('nothing is opened of', () => {
  const seal = (text: string) => sodium.seal(new TextEncoder().encode(text), pair.publicKey);
  test.each([
    ['', 'an empty box'],
    ['hunter2', 'a bare value'],
    ['nxs1\n', 'a box that ends after its first word'],
    ['nxs1\n\nhunter2', 'a box that says nothing of whose it is'],
    ['nxs1\n{"tenant":"ten_1","name":"A"}\nhunter2', 'a box without a version'],
    ['nxs1\n{"tenant":"ten_1","name":"A","version":"1"}\nhunter2', 'a box whose version is text'],
    ['nxs1\nnull\nhunter2', 'a box of nobody'],
    ['nxs2\n{"tenant":"ten_1","name":"A","version":1}\nhunter2', 'a box of another form'],
    ['nxs1\n{"tenant":"ten_1","name":"A","version":1}', 'a box without a value'],
  ])('%j: %s', (text) => {
    expect(openSecret(sodium, pair, seal(text))).toBeNull();
  });

  test('a box for another key', () => {
    const box = sealSecret(noble, noble.newPair().publicKey, place, new Uint8Array(5));
    expect(openSecret(sodium, pair, box)).toBeNull();
  });
});
