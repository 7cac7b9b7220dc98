import { fakeClock } from '@nexomatic/clock';
import { expect, test } from 'vitest';
import { backOffMs } from './back-off.ts';
import { createHubBreaker } from './hub-breaker.ts';

test('it opens at the third failure in a row, and closes with the first answer', () => {
  const breaker = createHubBreaker(fakeClock());
  for (const answered of [false, false, true, false, false]) breaker.note(answered);
  expect(breaker.isOpen).toBe(false);
  breaker.note(false);
  expect(breaker.isOpen).toBe(true);
  breaker.note(true);
  expect(breaker.isOpen).toBe(false);
});

test('the hub is asked once a second at most', () => {
  const clock = fakeClock();
  const breaker = createHubBreaker(clock);
  expect([breaker.takeProbe(), breaker.takeProbe()]).toEqual([true, false]);
  clock.advance(999);
  expect(breaker.takeProbe()).toBe(false);
  clock.advance(1);
  expect([breaker.takeProbe(), breaker.takeProbe()]).toEqual([true, false]);
});

test.each([
  [1, 500, 1_000],
  [2, 1_000, 2_000],
  [3, 2_000, 4_000],
  [5, 8_000, 16_000],
  [6, 15_000, 30_000],
  [500, 15_000, 30_000],
])('after failure %i one waits from %i to %i ms', (failures, least, most) => {
  expect(backOffMs(failures, 0)).toBe(least);
  expect(backOffMs(failures, 1)).toBe(most);
});
