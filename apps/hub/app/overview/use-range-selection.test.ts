import { expect, test } from 'vitest';
import { targetOf } from './use-range-selection.ts';

test('the arrow keys begin at the newest step and go on from there', () => {
  expect(targetOf('ArrowLeft', null, 48)).toBe(47);
  expect(targetOf('ArrowLeft', 47, 48)).toBe(46);
  expect(targetOf('ArrowRight', 46, 48)).toBe(47);
});

test('Home and End go to the borders, and other keys stay with the page', () => {
  expect([targetOf('Home', 20, 48), targetOf('End', 20, 48)]).toEqual([0, 47]);
  expect(['Tab', 'a', ' ', 'ArrowUp'].map((key) => targetOf(key, 20, 48))).toEqual([null, null, null, null]);
});
