import { expect, test } from 'vitest';
import { linePath, niceMax, shareFloor, stackBars, stepAt } from './chart-shapes.ts';

test('a scale ends at a round figure that nothing exceeds', () => {
  expect([0, 0.3, 1, 3, 7, 41, 200, 201, 12_345].map(niceMax)).toEqual([1, 0.3, 1, 3, 8, 50, 200, 300, 15_000]);
});

test('bars of one step stand on each other and leave out what is nothing', () => {
  expect(
    stackBars(
      [
        [5, 0],
        [5, 10],
      ],
      10,
    ),
  ).toEqual([
    [{ step: 0, y: 50, height: 50 }],
    [
      { step: 0, y: 0, height: 50 },
      { step: 1, y: 0, height: 100 },
    ],
  ]);
  expect(stackBars([], 1)).toEqual([]);
});

test('a line is broken where nothing was measured, and a value alone can still be seen', () => {
  expect(linePath([0, 10, null, 5, null], { max: 10 })).toBe('M0.5 100L1.5 0M3.2 50h0.6');
  expect(linePath([null, null], { max: 10 })).toBe('');
  expect(linePath([0.95, 1], { min: 0.9, max: 1 })).toBe('M0.5 50L1.5 0');
});

test('the scale of shares begins below the lowest', () => {
  expect([[1, 0.99], [0.95], [0.82], [0.6], [0.3], [null]].map(shareFloor)).toEqual([0.95, 0.9, 0.8, 0.5, 0, 0.95]);
});

test('a place in a chart belongs to one step, also beyond its borders', () => {
  expect([-5, 0, 99, 100, 399, 500].map((x) => stepAt(x, 400, 4))).toEqual([0, 0, 0, 1, 3, 3]);
});
