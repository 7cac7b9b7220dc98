import { expect, test } from 'vitest';
import { bucketOf, quantile } from './histogram.ts';

function histogramOf(durations: number[]): Map<number, number> {
  const histogram = new Map<number, number>();
  for (const ms of durations) histogram.set(bucketOf(ms), (histogram.get(bucketOf(ms)) ?? 0) + 1);
  return histogram;
}

test('nothing counted has no quantile', () => {
  expect(quantile(new Map(), 0.5)).toBeNull();
  expect(quantile(new Map([[3, 0]]), 0.5)).toBeNull();
});

test('durations below a millisecond, and figures that are none, fall into the first bucket', () => {
  expect([0, 0.4, -5, Number.NaN].map(bucketOf)).toEqual([0, 0, 0, 0]);
});

test('buckets rise with the duration and end at some thirty days', () => {
  expect(bucketOf(1)).toBe(1);
  expect(bucketOf(2)).toBe(5);
  expect(bucketOf(1_000)).toBe(40);
  expect(bucketOf(Number.MAX_SAFE_INTEGER)).toBe(125);
});

test.each([
  ['evenly spread', Array.from({ length: 10_000 }, (_, i) => i + 1), 0.1],
  ['a few slow ones among many fast', [...Array(900).fill(20), ...Array(100).fill(4_000)] as number[], 0.19],
  ['long tailed', Array.from({ length: 5_000 }, (_, i) => 2 ** (i / 350)), 0.03],
])('quantiles of durations that are %s are exact within a bucket', (_, durations, limit) => {
  const sorted = [...durations].sort((a, b) => a - b);
  for (const share of [0.25, 0.5, 0.75, 0.95, 0.99]) {
    const exact = sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
    const read = quantile(histogramOf(durations), share) ?? 0;
    expect(Math.abs(read / exact - 1)).toBeLessThan(limit);
  }
});

test('a single duration gives a figure within its bucket for every share', () => {
  for (const share of [0, 0.5, 1]) {
    const read = quantile(histogramOf([300]), share) ?? 0;
    expect(read / 300).toBeGreaterThan(0.84);
    expect(read / 300).toBeLessThan(1.19);
  }
});
