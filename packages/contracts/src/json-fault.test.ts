import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findJsonFault } from './json-fault.ts';

test.each([
  ['{"a":1,}', 1, 8, 'a property name in double quotes'],
  ["{'a':1}", 1, 2, 'a property name in double quotes'],
  ['NaN', 1, 1, 'a JSON value'],
  ['{"a":NaN}', 1, 6, 'a JSON value'],
  ['// c\n{}', 1, 1, 'a JSON value'],
  ['{"a":1} x', 1, 9, 'nothing after the value'],
  ['{\n  "a": 1\n  "b": 2\n}', 3, 3, '"," or "}"'],
  ['[1 2]', 1, 4, '"," or "]"'],
  ['[1,]', 1, 4, 'a JSON value'],
  ['{"a" 1}', 1, 6, '":"'],
  ['{"a"', 1, 5, 'the body to go on'],
  ['{"a":', 1, 6, 'the body to go on'],
  ['[[1]', 1, 5, 'the body to go on'],
  ['"abc', 1, 5, 'the body to go on'],
  ['"a\nb"', 1, 3, 'control characters in strings to be escaped'],
  ['"\\x41"', 1, 2, 'an escape such as \\n or \\u00e9'],
  ['01', 1, 1, 'a JSON value'],
  ['1.', 1, 1, 'a JSON value'],
  ['+1', 1, 1, 'a JSON value'],
  ['truely', 1, 1, 'a JSON value'],
  ['', 1, 1, 'the body to go on'],
])('%j breaks at line %i, column %i', (text, line, column, expected) => {
  expect(findJsonFault(text)).toEqual({ line, column, expected });
});

test('nesting a million levels deep is walked without running out of stack', () => {
  expect(findJsonFault('['.repeat(1_000_000))).toEqual({ line: 1, column: 1_000_001, expected: 'the body to go on' });
});

test('it finds no fault exactly where JSON.parse finds none', () => {
  const damaged = fc
    .tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '"', '}', ']', '\\', '0', '-', '\n', 'x', '\u0000', ':'))
    .map(
      ([text, at, insert]) => text.slice(0, at % (text.length + 1)) + insert + text.slice((at % (text.length + 1)) + 1),
    );
  fc.assert(
    fc.property(fc.oneof(fc.json(), damaged), (text) => {
      expect(findJsonFault(text) === null).toBe(parses(text));
    }),
    { numRuns: 3_000 },
  );
});

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
