import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newId } from './id.ts';
import { type Release, readRelease, writeRelease } from './release-box.ts';

const about = { purpose: 'check 1', sink: newId('sink'), expiresAt: 1_700_000_000_000 };
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const release = (values: Uint8Array[]): Release => ({
  ...about,
  secrets: values.map((value, index) => ({ key: `key\n${index}`, name: 'TOKEN', version: 2, value })),
});

test('what is written is read again, byte for byte, whatever the values hold', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 5 }), (values) => {
      expect(readRelease(writeRelease(release(values)))).toEqual(
        release(values.map((value) => Uint8Array.from(value))),
      );
    }),
  );
});

test('the values that are read are parts of the bytes, so that overwriting those overwrites them', () => {
  const bytes = writeRelease(release([utf8('hunter2')]));
  const read = readRelease(bytes);
  bytes.fill(0);
  expect(read?.secrets[0]?.value).toEqual(new Uint8Array(7));
});

test.each([
  ['nothing', ''],
  ['another form', 'nxs1\n{}\nhunter2'],
  ['no header', 'nxv1\nhunter2'],
  ['a header that is no JSON', 'nxv1\nhunter2\n'],
  ['a header that lacks something', 'nxv1\n{"purpose":"check 1"}\n'],
])('%s is read as nothing', (_, text) => {
  expect(readRelease(utf8(text))).toBeNull();
});

test('values that are shorter or longer than the header says are read as nothing', () => {
  const bytes = writeRelease(release([utf8('hunter2'), utf8('x')]));
  expect(readRelease(bytes.subarray(0, -1))).toBeNull();
  expect(readRelease(Uint8Array.from([...bytes, 0]))).toBeNull();
});
