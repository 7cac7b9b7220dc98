import type { BulkJob } from '@nexomatic/contracts/bulk-api';
import { expect, test } from 'vitest';
import { countText, jobName, progressOf } from './bulk-words.ts';

const job = (facts: Partial<BulkJob>): BulkJob => ({
  id: 'blk_1',
  name: '',
  action: 'rerun',
  query: 'state:error',
  skipRerun: false,
  until: '2026-11-24T12:00:00.000Z',
  state: 'RUNNING',
  message: null,
  count: 200,
  more: false,
  done: 0,
  skipped: 0,
  failed: 0,
  createdBy: { id: null, name: 'Ada' },
  createdAt: '2026-11-24T12:00:00.000Z',
  finishedAt: null,
  ...facts,
});

test('progress counts what was skipped and refused as well, and never passes the whole', () => {
  expect(progressOf(job({ done: 40, skipped: 8, failed: 2 }))).toBe(0.25);
  expect(progressOf(job({ done: 201 }))).toBe(1);
  expect(progressOf(job({ state: 'DONE', count: 0 }))).toBe(1);
});

test('a job that found more than was counted does not claim to be nearly done', () => {
  expect(progressOf(job({ count: 1_000, more: true, done: 500 }))).toBe(0.5);
  expect(progressOf(job({ count: 1_000, more: true, done: 1_000 }))).toBeNull();
});

test('a count that stopped says so, and a job without a name is called by what it does', () => {
  expect([countText(1_000, true), countText(7, false)]).toEqual(['1,000+', '7']);
  expect([jobName(job({})), jobName(job({ query: '' })), jobName(job({ name: 'Nightly' }))]).toEqual([
    'Re-run state:error',
    'Re-run every event',
    'Nightly',
  ]);
});
