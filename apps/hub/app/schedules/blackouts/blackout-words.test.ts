import { expect, test } from 'vitest';
import { windowWords } from './blackout-words.ts';

const weekly = {
  kind: 'weekly',
  days: ['sun', 'fri'],
  from: '22:00',
  until: '06:00',
  timeZone: 'Europe/Berlin',
} as const;

test('a weekly window names its days in their order, and says when it ends on the next day', () => {
  expect(windowWords({ ...weekly, days: [...weekly.days] }, 'UTC')).toBe('Fri, Sun, 22:00 to 06:00 the next day');
  const noon = { ...weekly, days: ['mon' as const], from: '12:00', until: '13:00' };
  expect(windowWords(noon, 'UTC')).toBe('Mon, 12:00 to 13:00');
});

test('all seven days are called every day', () => {
  const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
  expect(windowWords({ ...weekly, days: [...days] }, 'UTC')).toMatch(/^Every day, 22:00/);
});

test('a window that comes once is told in the viewer’s zone', () => {
  const once = { kind: 'once', from: '2026-12-24T17:00:00.000Z', until: '2026-12-27T05:00:00.000Z' } as const;
  expect(windowWords(once, 'Europe/Berlin')).toBe('Thu 24 Dec 2026, 18:00 to Sun 27 Dec 2026, 06:00');
});
