import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scanJson } from './scan-json.ts';

const scan = (text: string, maxDepth = 64, maxValues = 1_000) =>
  scanJson(new TextEncoder().encode(text), { maxDepth, maxValues }).kind;
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

test('a body of the deepest allowed form is within, and one level more is not', () => {
  expect(scan(nested(64))).toBe('within');
  expect(scan(nested(65))).toBe('too_deep');
  expect(scan('{"a":'.repeat(65))).toBe('too_deep');
  expect(scan('['.repeat(1_000_000))).toBe('too_deep');
});

test('what stands in strings counts for nothing, escaped quotes included', () => {
  expect(scan(JSON.stringify('['.repeat(100)))).toBe('within');
  expect(scan(JSON.stringify({ ['"['.repeat(100)]: '\\",["'.repeat(2_000) }))).toBe('within');
});

test('members and elements are counted over the whole body', () => {
  expect(scan(JSON.stringify(Array.from({ length: 990 }, () => 0)))).toBe('within');
  expect(scan(JSON.stringify(Array.from({ length: 1_001 }, () => 0)))).toBe('too_complex');
  expect(scan(JSON.stringify(Object.fromEntries(Array.from({ length: 1_001 }, (_, i) => [i, 0]))))).toBe('too_complex');
  expect(scan('[],'.repeat(1_000))).toBe('too_complex');
});

test('any bytes are looked at without a fault', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => {
      expect(['within', 'too_deep', 'too_complex']).toContain(scanJson(bytes).kind);
    }),
  );
});

test('any JSON value of small depth is within', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 5 }), (text) => {
      expect(scan(text, 16, 100_000)).toBe('within');
    }),
  );
});
