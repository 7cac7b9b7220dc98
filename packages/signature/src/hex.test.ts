import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromHex, toHex } from './hex.ts';

test('any bytes survive the way to hex and back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      expect(fromHex(toHex(bytes), bytes.length)).toEqual(bytes);
    }),
  );
});

test.each([
  ['an odd length', 'abc'],
  ['upper case', 'AB'],
  ['a blank', 'a '],
  ['a prefix', '0xab'],
  ['one byte too many', 'abab'],
  ['nothing', ''],
])('%s is refused', (_, text) => {
  expect(fromHex(text, 1)).toBeNull();
});
