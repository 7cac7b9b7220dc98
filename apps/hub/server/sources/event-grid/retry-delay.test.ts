import { expect, test } from 'vitest';
import { retryDelayMs } from './retry-delay.ts';

test('the wait doubles up to a minute, and chance takes up to half of it', () => {
  const [longest, shortest] = [() => 1, () => 0];
  expect([1, 2, 3, 4, 6, 7, 8, 1_000].map((failures) => retryDelayMs(failures, longest))).toEqual([
    1_000, 2_000, 4_000, 8_000, 32_000, 60_000, 60_000, 60_000,
  ]);
  expect([1, 7].map((failures) => retryDelayMs(failures, shortest))).toEqual([500, 30_000]);
});
