import { expect, test } from 'vitest';
import { bodyPointers } from './body-pointers.ts';

test('the values of a body are offered by their JSON Pointers, with what has to be escaped', () => {
  const body = '{"action":"opened","a/b":{"c~d":1},"list":[{"id":1},{"other":2}],"none":{},"n":12345678901234567890}';
  expect(bodyPointers(body)).toEqual(['/action', '/a~1b/c~0d', '/list/0/id', '/n']);
});

test('a body that is no JSON, or a single value, offers nothing', () => {
  expect(bodyPointers(null)).toEqual([]);
  expect(bodyPointers('a=1&b=2')).toEqual([]);
  expect(bodyPointers('"text"')).toEqual([]);
});

test('a huge body offers no more than somebody could read', () => {
  const body = JSON.stringify(Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`k${i}`, i])));
  expect(bodyPointers(body)).toHaveLength(300);
});
