import { expect, test } from 'vitest';
import { healthOf } from './source-health.ts';

const quiet = { accepted: 0, duplicate: 0, filtered: 0, refused: 0 };
const source = {
  kind: 'WEBHOOK',
  enabled: true,
  scheme: 'github',
  liveSecrets: 1,
  requestsLastDay: quiet,
  lastReceivedAt: '2026-11-25T12:00:00.000Z',
} as const;
const words = (given: object) => healthOf({ ...source, ...given }).word;

test('a source is fine while few of its requests are refused', () => {
  expect(words({})).toBe('fine');
  expect(words({ requestsLastDay: { ...quiet, accepted: 90, filtered: 5, refused: 5 } })).toBe('fine');
});

test('a source that refuses more than one request in twenty says so, and how many', () => {
  const some = { ...quiet, accepted: 90, refused: 10 };
  expect(healthOf({ ...source, requestsLastDay: some })).toMatchObject({ word: 'refusing 10 %', tone: 'warning' });
  const all = { ...quiet, refused: 3 };
  expect(healthOf({ ...source, requestsLastDay: all })).toMatchObject({ word: 'refusing 100 %', tone: 'bad' });
});

test('what hinders a source comes before what it did', () => {
  expect(words({ enabled: false, liveSecrets: 0 })).toBe('disabled');
  expect(words({ liveSecrets: 0, requestsLastDay: { ...quiet, refused: 3 } })).toBe('no secret');
  expect(words({ liveSecrets: 0, scheme: 'none' })).toBe('fine');
  expect(words({ kind: 'CUSTOM', scheme: null, liveSecrets: 0, lastReceivedAt: null })).toBe('waiting');
});
