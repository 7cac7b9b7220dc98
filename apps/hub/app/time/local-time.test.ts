import { expect, test } from 'vitest';
import { formatZoned, fromLocal, toLocal } from './local-time.ts';

const berlin = 'Europe/Berlin';
const iso = (text: string, zone: string) => new Date(fromLocal(text, zone)).toISOString();

test('a local time means the instant at which the clocks of its zone show it', () => {
  expect(iso('2026-11-24T10:00', berlin)).toBe('2026-11-24T09:00:00.000Z');
  expect(iso('2026-07-01T00:30', berlin)).toBe('2026-06-30T22:30:00.000Z');
  expect(iso('2026-11-24T10:00', 'America/St_Johns')).toBe('2026-11-24T13:30:00.000Z');
  expect(iso('2026-11-24T10:00', 'UTC')).toBe('2026-11-24T10:00:00.000Z');
  expect(fromLocal('soon', berlin)).toBeNaN();
});

test('times around a change of clocks are read as some instant of that hour', () => {
  expect(iso('2026-03-29T02:30', berlin)).toBe('2026-03-29T01:30:00.000Z');
  expect(iso('2026-10-25T02:30', berlin)).toBe('2026-10-25T01:30:00.000Z');
  expect(iso('2026-03-29T03:00', berlin)).toBe('2026-03-29T01:00:00.000Z');
});

test('an instant is written with its zone and reads back', () => {
  const at = Date.UTC(2026, 10, 24, 9);
  expect(formatZoned(at, berlin)).toBe('2026-11-24T10:00+01:00');
  expect(formatZoned(at, 'UTC')).toBe('2026-11-24T09:00Z');
  expect(formatZoned(at, 'America/St_Johns')).toBe('2026-11-24T05:30-03:30');
  for (const zone of [berlin, 'UTC', 'America/St_Johns']) {
    expect(Date.parse(formatZoned(at, zone))).toBe(at);
    expect(fromLocal(toLocal(at, zone), zone)).toBe(at);
  }
});
