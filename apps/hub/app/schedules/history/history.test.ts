import { expect, test } from 'vitest';
import { firedRun, skippedRun } from '../testing/schedule.ts';
import { countLooks, lookOf, resultText } from './heat.ts';
import { firedAfter, median } from './lateness.ts';

const fired = firedRun();
const skipped = skippedRun();
const ended = (state: 'ERROR' | 'RUNNING') => firedRun({ event: fired.event && { ...fired.event, state } });

test('a run looks like the state of its event, or like what kept it from having one', () => {
  expect([fired, ended('ERROR'), ended('RUNNING'), skipped].map(lookOf)).toEqual([
    'success',
    'error',
    'going',
    'skipped',
  ]);
  expect(lookOf(firedRun({ status: 'held', event: null }))).toBe('held');
  expect(lookOf(firedRun({ event: null }))).toBe('gone');
});

test('a skipped run says why in words', () => {
  expect(resultText(skipped)).toBe('skipped: overlap');
  expect(resultText(fired)).toBe('success');
});

test('a row that stands for many runs counts as many', () => {
  const looks = countLooks([fired, fired, skippedRun({ count: 1_440 })]);
  expect(looks).toEqual([
    { look: 'skipped', count: 1_440 },
    { look: 'success', count: 2 },
  ]);
});

test('lateness is told of runs that the clock fired, oldest first', () => {
  const decidedAt = '2026-11-26T01:00:01.500Z';
  const runs = [firedRun({ decidedAt }), firedRun({ decidedAt, origin: 'manual' }), skipped, fired];
  expect(firedAfter(runs)).toEqual([240, 1_500]);
});

test('the median of no values is none, and of an even number the lower one', () => {
  expect(median([])).toBeNull();
  expect(median([900, 100, 300, 200])).toBe(200);
});
