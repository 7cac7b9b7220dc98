import { expect, test } from 'vitest';
import { checkTimeZone } from './check-time-zone.ts';

test.each(['Europe/Berlin', 'UTC', 'US/Eastern', 'Europe/Kyiv'])('%s is a time zone', (zone) => {
  expect(() => checkTimeZone(zone)).not.toThrow();
});

test.each(['', '+01:00', 'Mars/Olympus', 'CEST', '<b>'])('%j is no time zone', (zone) => {
  expect(() => checkTimeZone(zone)).toThrow(`There is no time zone ${zone}.`);
});

test('a time zone in other letters is told how it is written', () => {
  expect(() => checkTimeZone('europe/berlin')).toThrow(
    expect.objectContaining({ facts: { errors: [{ path: 'timeZone', message: 'it is written Europe/Berlin' }] } }),
  );
});
