import { expect, test } from 'vitest';
import { searchValuesOf } from './search-values.ts';

const of = (payload: string, ...paths: string[]) => searchValuesOf(paths, Buffer.from(payload));

test('texts, numbers and truth values are found at their paths, in lists as well', () => {
  const payload = '{"order":{"id":"A-1","items":[{"n":2.50}]},"paid":true}';
  expect(of(payload, 'order.id', 'order.items.0.n', 'paid')).toEqual([
    { path: 'order.id', value: 'A-1', number: null },
    { path: 'order.items.0.n', value: '2.50', number: 2.5 },
    { path: 'paid', value: 'true', number: null },
  ]);
});

test('a number keeps the digits it was written with, however large', () => {
  expect(of('{"a":12345678901234567890,"b":1e400}', 'a', 'b')).toEqual([
    { path: 'a', value: '12345678901234567890', number: Number('12345678901234567890') },
    { path: 'b', value: '1e400', number: null },
  ]);
});

test('what is no scalar or not there gives nothing', () => {
  expect(
    of('{"a":{"b":1},"c":[1],"d":null,"toString":1}', 'a', 'c', 'd', 'e', 'a.b.c', 'c.length', 'constructor'),
  ).toEqual([]);
});

test('a path that is declared twice gives one value', () => {
  expect(of('{"a":1}', 'a', 'a')).toHaveLength(1);
});

test('a body that is no JSON gives nothing', () => {
  expect(of('not json', 'a')).toEqual([]);
  expect(searchValuesOf(['a'], Uint8Array.from([0xff, 0x00]))).toEqual([]);
});
