import { expect, test } from 'vitest';
import { shownZones, timeBeside } from './run-times.ts';

const zones = (schedule: string, viewer: string) => shownZones(schedule, viewer).map(({ zone }) => zone);

test('a run is shown in the schedule’s zone, the viewer’s and UTC, no zone twice', () => {
  expect(zones('Europe/Berlin', 'America/New_York')).toEqual(['Europe/Berlin', 'America/New_York', 'UTC']);
  expect(zones('Europe/Berlin', 'Europe/Berlin')).toEqual(['Europe/Berlin', 'UTC']);
  expect(zones('UTC', 'UTC')).toEqual(['UTC']);
});

test('another zone shows the day only where it is another one', () => {
  const at = '2026-11-27T08:00:00.000Z';
  expect(timeBeside(at, 'UTC', 'Europe/Berlin')).toBe('08:00');
  expect(timeBeside('2026-11-27T00:30:00.000Z', 'UTC', 'America/New_York')).toBe('Fri 27 Nov 2026, 00:30');
  expect(timeBeside('2026-11-27T08:00:07.000Z', 'UTC', 'Europe/Berlin')).toBe('08:00:07');
});
