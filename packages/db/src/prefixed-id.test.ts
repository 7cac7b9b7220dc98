import { type Id, newId } from '@nexomatic/contracts/id';
import { expect, test } from 'vitest';
import { PrefixedIdType } from './prefixed-id.ts';

const type = new PrefixedIdType('event');

test('an id becomes 16 bytes and the same text again', () => {
  const id = newId('event');
  const bytes = type.convertToDatabaseValue(id);
  expect(bytes).toHaveLength(16);
  expect(type.convertToJSValue(bytes)).toBe(id);
});

test('an id of another kind, a malformed one and one with a wrong case are refused', () => {
  for (const wrong of [newId('sink'), 'evt_short', newId('event').toUpperCase(), '']) {
    expect(() => type.convertToDatabaseValue(wrong as Id<'event'>)).toThrow(RangeError);
  }
});

test('the order of the bytes is the order of the texts', () => {
  const ids = Array.from({ length: 200 }, () => newId('event'));
  const byBytes = [...ids].sort((a, b) =>
    Buffer.compare(type.convertToDatabaseValue(a), type.convertToDatabaseValue(b)),
  );
  expect(byBytes).toEqual([...ids].sort());
});

test('bytes that are not UTF-8 keep their difference when they are made into text', () => {
  const texts = new Set(Array.from({ length: 1_000 }, () => String(type.convertToDatabaseValue(newId('event')))));
  expect(texts.size).toBe(1_000);
});
