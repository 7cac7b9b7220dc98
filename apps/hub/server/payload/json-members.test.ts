import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonElements, jsonMembers } from './json-members.ts';

test('a member is given as it was written, digit for digit', () => {
  const text = ' { "type" : "a.b" , "payload" : {"n":12345678901234567890123, "z":1e400,"f":1.0, "m":-0} } ';
  expect([...jsonMembers(text)]).toEqual([
    ['type', '"a.b"'],
    ['payload', '{"n":12345678901234567890123, "z":1e400,"f":1.0, "m":-0}'],
  ]);
});

test.each(['5', '-0.0e+1', 'true', 'null', '"x"', '[]', '{}', '"a,b}"', '["]",{"}":1}]', '"\\"\\\\"'])(
  'the value %s is found whole, with and without space around it',
  (value) => {
    expect(jsonMembers(`{"payload":${value}}`).get('payload')).toBe(value);
    expect(jsonMembers(`{"payload":\n${value}\t,"type":"x"}`).get('payload')).toBe(value);
  },
);

test('of a name that comes twice the last one counts', () => {
  expect(jsonMembers('{"payload":1,"payload":2}').get('payload')).toBe('2');
});

test('a name that is written with escapes is the same name', () => {
  expect(jsonMembers('{"p\\u0061yload":1}').get('payload')).toBe('1');
});

test('names that objects inherit are names like any other', () => {
  expect([...jsonMembers('{"__proto__":{"admin":true},"constructor":1}').keys()]).toEqual(['__proto__', 'constructor']);
});

test('an object without members has none', () => {
  expect(jsonMembers('{ }').size).toBe(0);
});

test('any object is cut into texts that parse to its members', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.nat(3), (object, indent) => {
      const text = JSON.stringify(object, null, indent);
      const parsed = Object.entries(JSON.parse(text) as object);
      const cut = [...jsonMembers(text)].map(([name, value]) => [name, JSON.parse(value)]);
      expect(Object.fromEntries(cut)).toEqual(Object.fromEntries(parsed));
    }),
  );
});

test('elements of an array are given as they were written', () => {
  expect(jsonElements(' [ {"a":[1, 2]} ,"],[" , 12345678901234567890123,[] ] ')).toEqual([
    '{"a":[1, 2]}',
    '"],["',
    '12345678901234567890123',
    '[]',
  ]);
  expect([jsonElements('[]'), jsonElements(' [ ] ')]).toEqual([[], []]);
});

test('whatever an array holds, its elements parse to the same', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), fc.constantFrom(0, 1, 2), (values, space) => {
      expect(jsonElements(JSON.stringify(values, null, space)).map((text) => JSON.parse(text))).toEqual(
        JSON.parse(JSON.stringify(values)),
      );
    }),
  );
});
