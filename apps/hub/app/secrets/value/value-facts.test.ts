import { secretValueLimit, shortestMasked } from '@nexomatic/contracts/secret-limits';
import { expect, test } from 'vitest';
import { countBytes, factsOf, trimEdges } from './value-facts.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);

test('a value is measured in bytes, not in letters', () => {
  expect(factsOf(bytesOf('€'.repeat(10))).bytes).toBe(30);
  expect(factsOf(bytesOf('€'.repeat(secretValueLimit / 3))).tooLong).toBe(false);
  expect(factsOf(bytesOf(`${'€'.repeat(secretValueLimit / 3)}x`)).tooLong).toBe(true);
});

test('what has too few characters to be masked is called short', () => {
  expect(factsOf(bytesOf('x'.repeat(shortestMasked - 1))).short).toBe(true);
  expect(factsOf(bytesOf('x'.repeat(shortestMasked))).short).toBe(false);
  expect(factsOf(bytesOf('€'.repeat(shortestMasked - 1))).short).toBe(true);
});

test('white space at the ends is noticed and can be taken away, that inside stays', () => {
  expect(factsOf(bytesOf('token\n')).edges).toBe('end');
  expect(factsOf(bytesOf('\ttoken')).edges).toBe('begin');
  expect(factsOf(bytesOf(' a b \r\n')).edges).toBe('both');
  expect(factsOf(bytesOf('a b')).edges).toBeNull();
  expect(new TextDecoder().decode(trimEdges(bytesOf(' a\n b \r\n')))).toBe('a\n b');
  expect(trimEdges(bytesOf(' \n')).length).toBe(0);
});

test('sizes are written alike everywhere', () => {
  expect([1, 999, 1_234, 49_152, 1_234_567].map(countBytes)).toEqual([
    '1 byte',
    '999 bytes',
    '1,234 bytes',
    '49,152 bytes',
    '1,234,567 bytes',
  ]);
});
