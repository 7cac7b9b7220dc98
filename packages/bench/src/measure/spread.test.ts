import { expect, test } from 'vitest';
import { spreadOf } from './spread.ts';

test('percentiles are measured values, by nearest rank', () => {
  const oneToTwoHundred = Array.from({ length: 200 }, (_, i) => 200 - i);
  expect(spreadOf(oneToTwoHundred)).toEqual({ p50: 100, p99: 198 });
  expect(spreadOf([7])).toEqual({ p50: 7, p99: 7 });
});
