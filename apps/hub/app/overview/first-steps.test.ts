import { newId } from '@nexomatic/contracts/id';
import { expect, test } from 'vitest';
import { doneSteps, readRemembered } from './first-steps.ts';

const facts = { sinkOnline: false, latestEventId: null, edited: false, ownEventType: false, demo: null };

test('a hub that was just started has done one step: it is there', () => {
  expect(doneSteps(facts, [])).toEqual({
    database: true,
    sink: false,
    event: false,
    log: false,
    edit: false,
    type: false,
  });
});

test('every step that the hub knows of is ticked by itself', () => {
  const all = { ...facts, sinkOnline: true, latestEventId: newId('event'), edited: true, ownEventType: true };
  expect(doneSteps(all, ['log'])).toEqual({
    database: true,
    sink: true,
    event: true,
    log: true,
    edit: true,
    type: true,
  });
});

test('a step that this browser saw done stays done, though the hub looks at the latest attempts only', () => {
  expect(doneSteps(facts, ['edit']).edit).toBe(true);
});

test('a cookie that somebody else wrote remembers nothing', () => {
  expect(readRemembered('log.hidden')).toEqual(['log', 'hidden']);
  expect([undefined, '', '<script>', 'LOG', 'log;x'].map(readRemembered)).toEqual([[], [], [], [], []]);
});
