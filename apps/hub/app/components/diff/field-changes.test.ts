import { expect, test } from 'vitest';
import { fieldChanges } from './field-changes.ts';

test('nothing differs between two objects that say the same, whatever the order of their fields', () => {
  expect(fieldChanges({ a: 1, b: { c: [1, 2] } }, { b: { c: [1, 2] }, a: 1 })).toEqual([]);
});

test('each field that differs is told with both of its values', () => {
  expect(fieldChanges({ name: 'a', note: 'old', enabled: true }, { name: 'a', enabled: false, limit: null })).toEqual([
    { path: 'note', kind: 'removed', before: 'old' },
    { path: 'enabled', kind: 'changed', before: true, after: false },
    { path: 'limit', kind: 'added', after: null },
  ]);
});

test('fields of objects within are told by their path', () => {
  expect(fieldChanges({ retry: { limit: 3, seconds: 5 } }, { retry: { limit: 4, seconds: 5 } })).toEqual([
    { path: 'retry.limit', kind: 'changed', before: 3, after: 4 },
  ]);
});

test('things in a list are compared with those of the same name, and not with those of the same place', () => {
  const host = { key: 'host', kind: 'STATIC', value: '"a"' };
  const port = { key: 'port', kind: 'STATIC', value: '1' };
  expect(fieldChanges({ p: [host] }, { p: [port, { ...host, value: '"b"' }] })).toEqual([
    { path: 'p[host].value', kind: 'changed', before: '"a"', after: '"b"' },
    { path: 'p[port]', kind: 'added', after: port },
  ]);
});

test('a list in another order, and a list of plain values, differ as a whole', () => {
  const [one, two] = [{ id: 'one' }, { id: 'two' }];
  expect(fieldChanges({ p: [one, two] }, { p: [two, one] })).toEqual([
    { path: 'p', kind: 'changed', before: [one, two], after: [two, one] },
  ]);
  expect(fieldChanges({ p: ['a'] }, { p: ['a', 'b'] })).toEqual([
    { path: 'p', kind: 'changed', before: ['a'], after: ['a', 'b'] },
  ]);
});

test('of an object that was made or deleted every field is told', () => {
  expect(fieldChanges(null, { name: 'a' })).toEqual([{ path: 'name', kind: 'added', after: 'a' }]);
  expect(fieldChanges({ name: 'a' }, null)).toEqual([{ path: 'name', kind: 'removed', before: 'a' }]);
  expect(fieldChanges(null, null)).toEqual([]);
});

test('names that every object inherits are names like others', () => {
  expect(fieldChanges({}, { constructor: 1, toString: 2 })).toEqual([
    { path: 'constructor', kind: 'added', after: 1 },
    { path: 'toString', kind: 'added', after: 2 },
  ]);
});
