import { newId } from '@nexomatic/contracts/id';
import type { ErrorRow } from '@nexomatic/db/overview-reads';
import { expect, test } from 'vitest';
import { groupErrors } from './group-errors.ts';

const type = newId('eventType');
const error = (message: string | null, more: Partial<ErrorRow> = {}): ErrorRow => ({
  id: newId('event'),
  eventTypeId: type,
  reason: 'exception',
  message,
  finishedAt: new Date('2026-11-25T10:00:00Z'),
  ...more,
});
const nameOf = () => 'deploy.app';
const counts = (errors: ErrorRow[]) => groupErrors(errors, nameOf).map(({ count }) => count);

test('messages that differ by numbers and ids alone are one group, shown by the latest', () => {
  const latest = error('order 4711 of evt_01jd5y0q6vf0x9h2m7k3c8t4zr failed after 12.5 s (commit 9f86d081)');
  const other = error('order 9 of evt_01jd5y0q6vf0x9h2m7k3c8t4zs failed after 3 s (commit a1b2c3d4)');
  expect(groupErrors([latest, other], nameOf)).toEqual([
    {
      type: 'deploy.app',
      reason: 'exception',
      message: latest.message,
      count: 2,
      lastAt: '2026-11-25T10:00:00.000Z',
      latestId: latest.id,
    },
  ]);
});

test('other words, another reason, another type and no message at all are groups of their own', () => {
  expect(counts([error('refused'), error('timed out')])).toEqual([1, 1]);
  expect(counts([error('refused'), error('refused', { reason: 'timeout' })])).toEqual([1, 1]);
  expect(counts([error('refused'), error('refused', { eventTypeId: newId('eventType') })])).toEqual([1, 1]);
  expect(counts([error(null), error('null of it'), error(null)])).toEqual([2, 1]);
});

test('words that could be hexadecimal stay', () => {
  expect(counts([error('fabaceae is down'), error('deadbeef is down')])).toEqual([1, 1]);
});
