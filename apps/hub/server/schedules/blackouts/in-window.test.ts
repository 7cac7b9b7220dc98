import type { BlackoutWindow, Weekday } from '@nexomatic/contracts/blackout-api';
import { expect, test } from 'vitest';
import { inWindow } from './in-window.ts';

const weekly = (from: string, until: string, ...days: Weekday[]): BlackoutWindow => ({
  kind: 'weekly',
  ...{ days, from, until, timeZone: 'Europe/Berlin' },
});

// 28 March 2026 is a Saturday; the clock of Berlin goes from 02:00 to 03:00 on the 29th.
test.each([
  ['within a day', weekly('09:00', '17:00', 'sat'), '2026-03-28T08:00:00Z', true],
  ['before it begins', weekly('09:00', '17:00', 'sat'), '2026-03-28T07:59:59Z', false],
  ['when it ends', weekly('09:00', '17:00', 'sat'), '2026-03-28T16:00:00Z', false],
  ['on another day', weekly('09:00', '17:00', 'sun'), '2026-03-28T08:00:00Z', false],
  ['before midnight', weekly('22:00', '06:00', 'sat'), '2026-03-28T21:30:00Z', true],
  ['after midnight, in summer time', weekly('22:00', '06:00', 'sat'), '2026-03-29T03:59:00Z', true],
  ['after its end of the next day', weekly('22:00', '06:00', 'sat'), '2026-03-29T04:00:00Z', false],
  ['on the morning of its first day', weekly('22:00', '06:00', 'sat'), '2026-03-28T03:00:00Z', false],
  ['from Sunday into Monday', weekly('22:00', '06:00', 'sun'), '2026-03-30T03:00:00Z', true],
  ['on a whole day', weekly('00:00', '00:00', 'sat'), '2026-03-28T22:59:00Z', true],
  ['after a whole day', weekly('00:00', '00:00', 'sat'), '2026-03-28T23:00:00Z', false],
])('an instant %s', (_, window, at, inside) => {
  expect(inWindow(window, new Date(at))).toBe(inside);
});

test('a window that comes once holds its beginning and not its end', () => {
  const window: BlackoutWindow = { kind: 'once', from: '2026-01-01T00:00:00+01:00', until: '2026-01-02T00:00:00Z' };
  const inside = (at: string): boolean => inWindow(window, new Date(at));
  expect([inside('2025-12-31T22:59:59Z'), inside('2025-12-31T23:00:00Z')]).toEqual([false, true]);
  expect([inside('2026-01-01T23:59:59Z'), inside('2026-01-02T00:00:00Z')]).toEqual([true, false]);
});
