import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { openWebBox } from './web-box.ts';

const key = crypto.getRandomValues(new Uint8Array(32));
const box = await openWebBox(key);
const message = new TextEncoder().encode('{"secrets":["hunter2"]}');

test('what was sealed opens for its own place alone, and is another text each time', async () => {
  const [one, two] = [await box.seal(message, 'place 1'), await box.seal(message, 'place 1')];
  expect(one).not.toEqual(two);
  expect(await box.open(one, 'place 1')).toEqual(message);
  expect(await box.open(one, 'place 2')).toBeNull();
  expect(new TextDecoder().decode(one)).not.toContain('hunter2');
});

test('no box with a changed bit opens, nor one that was cut off, nor one of another key', async () => {
  const sealed = await box.seal(message, 'place');
  await fc.assert(
    fc.asyncProperty(fc.nat(sealed.length * 8 - 1), async (bit) => {
      const changed = sealed.slice();
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(await box.open(changed, 'place')).toBeNull();
    }),
    { numRuns: 200 },
  );
  for (const length of [0, 5, 12, sealed.length - 1]) {
    expect(await box.open(sealed.slice(0, length), 'place')).toBeNull();
  }
  const other = await openWebBox(crypto.getRandomValues(new Uint8Array(32)));
  expect(await other.open(sealed, 'place')).toBeNull();
});
