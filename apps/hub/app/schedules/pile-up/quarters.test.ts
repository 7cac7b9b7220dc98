import { expect, test } from 'vitest';
import { busiest, countRuns } from './quarters.ts';

const steps = (...runs: number[]) => runs.map((count, index) => ({ at: `step ${index}`, runs: count }));

test('the busiest part of a day is named only where it stands out', () => {
  expect(busiest(steps(1, 40, 2))?.at).toBe('step 1');
  expect(busiest(steps(3, 3, 1))).toBeNull();
  expect(busiest(steps(0, 1, 0))).toBeNull();
  expect(busiest([])).toBeNull();
});

test('runs are counted in words', () => {
  expect([0, 1, 1_204].map(countRuns)).toEqual(['0 runs', '1 run', '1,204 runs']);
});
