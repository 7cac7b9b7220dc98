import fc from 'fast-check';
import { expect, test } from 'vitest';
import { indentJson, parseJsonText } from './parse-json-text.ts';

const shown = (text: string): string | null => {
  const node = parseJsonText(text);
  return node && indentJson(node).replaceAll(/\n\s*/g, '').replaceAll('": ', '":');
};

test.each([
  '12345678901234567890',
  '1.0',
  '-0',
  '1E400',
  '0.1000000000000000055511151231257827',
  '{"a":1,"a":2}',
  '{"z":1,"a":2,"10":3,"9":4}',
  '"\\u0041\\/\\n"',
  '"</script><b>"',
  '[[],{},"",null,true,false]',
])('%s is shown exactly as it was sent', (text) => {
  expect(shown(text)).toBe(text);
});

test.each([
  '',
  'nul',
  '01',
  '1.',
  '+1',
  "{'a':1}",
  '[1,]',
  '{"a":1,}',
  '{"a" 1}',
  '"a\nb"',
  '"\\x"',
  '1 2',
  '{',
  'NaN',
])('%s is not JSON', (text) => {
  expect(parseJsonText(text)).toBeNull();
});

test('everything that JSON.stringify makes is read, and means the same afterwards', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(0, 1, '\t'), (value, space) => {
      const node = parseJsonText(JSON.stringify(value, null, space));
      expect(node && JSON.parse(indentJson(node))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test('text that JSON.parse refuses is refused', () => {
  const pieces = fc.array(fc.constantFrom('{', '}', '[', ']', ',', ':', '"a"', '1', '-', '.', 'e', 'true', ' ', '"'));
  fc.assert(
    fc.property(pieces, (parts) => {
      const text = parts.join('');
      let valid = true;
      try {
        JSON.parse(text);
      } catch {
        valid = false;
      }
      expect(parseJsonText(text) !== null).toBe(valid);
    }),
    { numRuns: 2_000 },
  );
});

test('a byte order mark in front is not part of the value', () => {
  expect(shown('\ufeff{"a":1}')).toBe('{"a":1}');
});

test('nesting that no person can read is left as text', () => {
  expect(parseJsonText('['.repeat(5_000) + ']'.repeat(5_000))).toBeNull();
});

test('a payload of a mebibyte is read in one go', () => {
  const text = JSON.stringify(Array.from({ length: 40_000 }, (_, n) => ({ n, name: `row ${n}` })));
  expect(shown(text)).toBe(text);
});
