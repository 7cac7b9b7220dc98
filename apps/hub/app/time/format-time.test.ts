import { describe, expect, test } from 'vitest';
import {
  formatAbsolute,
  formatClock,
  formatDay,
  formatDuration,
  formatOffset,
  formatRelative,
  formatRunning,
  formatTime,
  formatZoneOffset,
  isTimeZone,
} from './format-time.ts';

const noon = Date.UTC(2026, 10, 24, 12, 4, 11, 87);

describe('absolute times', () => {
  test('name the zone and keep the milliseconds', () => {
    expect(formatAbsolute(noon, 'UTC')).toBe('24 Nov 2026, 12:04:11.087 UTC');
    expect(formatAbsolute(noon, 'Europe/Berlin')).toBe('24 Nov 2026, 13:04:11.087 Europe/Berlin');
  });

  test('follow zones with odd offsets over the date line', () => {
    expect(formatAbsolute(noon, 'Pacific/Chatham')).toBe('25 Nov 2026, 01:49:11.087 Pacific/Chatham');
    expect(formatAbsolute(noon, 'Asia/Kathmandu')).toBe('24 Nov 2026, 17:49:11.087 Asia/Kathmandu');
  });

  test('are right on both sides of a change to summer time', () => {
    expect(formatClock(Date.UTC(2026, 2, 29, 0, 59, 59, 999), 'Europe/Berlin')).toBe('01:59:59.999');
    expect(formatClock(Date.UTC(2026, 2, 29, 1, 0, 0), 'Europe/Berlin')).toBe('03:00:00.000');
  });
});

test('a time that lies ahead names its day of the week, and its seconds only where it has some', () => {
  expect(formatDay(noon, 'UTC')).toBe('Tue 24 Nov 2026');
  expect(formatDay(noon, 'Pacific/Chatham')).toBe('Wed 25 Nov 2026');
  expect(formatTime(noon, 'Asia/Kathmandu')).toBe('17:49:11');
  expect(formatTime(Date.UTC(2026, 10, 24, 12), 'Europe/Berlin')).toBe('13:00');
});

test('an unknown zone is told apart from a known one', () => {
  expect(['Europe/Berlin', 'UTC', 'Mars/Olympus', '', '"><script>'].map(isTimeZone)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});

test.each([
  [0, 'just now'],
  [-2_000, 'just now'],
  [12_000, '12 s ago'],
  [119_000, '1 min ago'],
  [3 * 3600_000, '3 h ago'],
  [47 * 3600_000, '1 d ago'],
  [40 * 86_400_000, '15 Oct 2026'],
])('%i ms ago reads %s', (ago, text) => {
  expect(formatRelative(noon - ago, noon, 'UTC')).toBe(text);
});

test.each([
  [-5, '0 ms'],
  [410, '410 ms'],
  [999.6, '1.0 s'],
  [4_200, '4.2 s'],
  [9_960, '10 s'],
  [59_600, '1 m 00 s'],
  [125_000, '2 m 05 s'],
  [3_725_000, '1 h 02 m'],
  [3.2 * 86_400_000, '3 d 4 h'],
])('%d ms of work reads %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

test('an offset keeps its sign', () => {
  expect([formatOffset(87), formatOffset(-1_500)]).toEqual(['+0.087 s', '−1.500 s']);
});

test('a figure that counts up has whole seconds', () => {
  expect([0, 3_400, 9_999, 12_000, 90_000].map(formatRunning)).toEqual(['0 s', '3 s', '9 s', '12 s', '1 m 30 s']);
});

test('a zone is as far ahead of UTC as it is at that time', () => {
  const zones = ['UTC', 'Europe/Berlin', 'Asia/Kathmandu', 'America/St_Johns'];
  expect(zones.map((zone) => formatZoneOffset(noon, zone))).toEqual(['UTC', 'UTC+1', 'UTC+5:45', 'UTC−3:30']);
  expect(formatZoneOffset(Date.UTC(2026, 6, 1), 'Europe/Berlin')).toBe('UTC+2');
});
