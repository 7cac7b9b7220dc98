import { expect, test } from 'vitest';
import {
  countOf,
  ended,
  formatCount,
  formatMs,
  formatShare,
  relativeDelta,
  shareDelta,
  successRate,
} from './figures.ts';

const none = { fired: 0, success: 0, warning: 0, error: 0, runP50: null, runP95: null, waitP50: null, waitP95: null };

test('a warning is an end, and no success', () => {
  const figures = { ...none, fired: 9, success: 6, warning: 1, error: 1 };
  expect(ended(figures)).toBe(8);
  expect(successRate(figures)).toBe(0.75);
  expect(successRate(none)).toBeNull();
});

test('a share is 100 % or 0 % only when it is exactly that', () => {
  expect([1, 0.99999, 0.985, 0.5, 0.00001, 0].map(formatShare)).toEqual([
    '100 %',
    '99.9 %',
    '98.5 %',
    '50 %',
    '0.1 %',
    '0 %',
  ]);
});

test('large counts are written in groups of three', () => {
  expect([0, 999, 1_000, 1_234_567].map(formatCount)).toEqual(['0', '999', '1,000', '1,234,567']);
  expect([1, 2_000].map((count) => countOf(count, 'event'))).toEqual(['1 event', '2,000 events']);
});

test('a duration below a millisecond is not written as none', () => {
  expect([0.2, 41.4, 1_234].map(formatMs)).toEqual(['< 1 ms', '41 ms', '1.2 s']);
});

test('a difference says how much, which way, and whether that is good', () => {
  expect(relativeDelta(150, 100, null)).toEqual({ text: '50 %', rising: true, good: null });
  expect(relativeDelta(50, 100, 'falling')).toEqual({ text: '50 %', rising: false, good: true });
  expect(relativeDelta(5_000, 100, 'falling')).toEqual({ text: '> 10 ×', rising: true, good: false });
  expect(shareDelta(0.98, 0.995)).toEqual({ text: '1.5 pp', rising: false, good: false });
});

test('there is no difference to nothing, and none that is too small to be written', () => {
  expect([relativeDelta(5, 0, null), relativeDelta(null, 5, null), relativeDelta(1_001, 1_000, null)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect([shareDelta(0.5, null), shareDelta(0.5, 0.50001)]).toEqual([undefined, undefined]);
});
