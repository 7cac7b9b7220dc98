import { expect, test } from 'vitest';
import type { Timing } from './run-times.ts';
import { warnOfTiming } from './warn-of-timing.ts';

const now = new Date('2027-01-01T00:00Z');
const daily: Timing = { kind: 'cron', cron: '0 9 * * *', timeZone: 'UTC', startsAt: null, endsAt: null, at: null };
const once: Timing = { ...daily, kind: 'at', cron: null };

test.each<[string, Timing]>([
  ['every day', daily],
  ['on the 13th', { ...daily, cron: '0 0 13 * *' }],
  ['on 29 February, within four years', { ...daily, cron: '0 0 29 2 *' }],
  ['once, later', { ...once, at: new Date('2027-01-02Z') }],
])('nothing is told of a schedule that runs %s', (_, timing) => {
  expect(warnOfTiming(timing, now)).toEqual([]);
});

test.each<[string, Timing, string, string]>([
  ['both day fields', { ...daily, cron: '0 0 13 * 5' }, 'cron', 'every day that fits either of them'],
  ['a step of days and a weekday', { ...daily, cron: '0 0 */2 * 5' }, 'cron', 'every day that fits either of them'],
  ['a start that is far away', { ...daily, startsAt: new Date('2040-01-01Z') }, 'startsAt', 'on 2040-01-01'],
  ['an end that has passed', { ...daily, endsAt: new Date('2026-01-01Z') }, 'endsAt', 'none is to come'],
  ['an instant that has passed', { ...once, at: now }, 'at', 'the instant has passed'],
])('somebody who sets %s is told', (_, timing, path, message) => {
  expect(warnOfTiming(timing, now)).toMatchObject([{ path, message: expect.stringContaining(message) }]);
});

test('an expression without a run in five years is told, with its next run', () => {
  expect(warnOfTiming({ ...daily, cron: '0 0 29 2 *' }, new Date('2096-03-01Z'))).toEqual([
    { code: 'no_run_in_five_years', path: 'cron', message: 'no run in 5 years; the next one is on 2104-02-29' },
  ]);
});
