import { expect, test } from 'vitest';
import { dayStart } from './day-start.ts';

test.each([
  ['2026-11-25', 'UTC', 0, '2026-11-25T00:00:00.000Z'],
  ['2026-11-25', 'Europe/Berlin', 0, '2026-11-24T23:00:00.000Z'],
  ['2026-07-01', 'Europe/Berlin', 0, '2026-06-30T22:00:00.000Z'],
  ['2026-11-25', 'America/Los_Angeles', 1, '2026-11-26T08:00:00.000Z'],
  ['2026-12-31', 'Asia/Kathmandu', 1, '2026-12-31T18:15:00.000Z'],
  // The days on which the clocks change begin by the old time and end by the new.
  ['2026-03-29', 'Europe/Berlin', 0, '2026-03-28T23:00:00.000Z'],
  ['2026-03-29', 'Europe/Berlin', 1, '2026-03-29T22:00:00.000Z'],
  ['2026-10-25', 'Europe/Berlin', 1, '2026-10-25T23:00:00.000Z'],
])('%s in %s, %i days later, begins at one instant', (day, zone, later, at) => {
  expect(dayStart(day, zone, later)).toBe(at);
});

test.each([[''], ['yesterday'], ['2026-13-01'], ['2026-02-31T00:00'], ['20261125']])('%j is no day', (text) => {
  expect(dayStart(text, 'UTC')).toBeNull();
});
