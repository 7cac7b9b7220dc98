import { expect, test } from 'vitest';
import { cronWords } from './cron-words.server.ts';

test.each([
  ['0 9 * * 1-5', 'At 09:00, Monday through Friday'],
  ['*/5 * * * *', 'Every 5 minutes'],
  ['30 14 * * SUN', 'At 14:30, only on Sunday'],
  ['0 2 * * 7', 'At 02:00, only on Sunday'],
  ['30 8 13 * FRI', 'At 08:30, on day 13 of the month or on Friday'],
])('%s reads: %s', (cron, words) => {
  expect(cronWords(cron)).toBe(words);
});

test('what is no expression has no words', () => {
  for (const cron of ['', 'soon', '99 * * * *']) expect(cronWords(cron), cron).toBeNull();
});
