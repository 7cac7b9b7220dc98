import { expect, test } from 'vitest';
import { placeIn } from './remembered-list.ts';

const list = JSON.stringify({ search: '?q=state%3Aerror', ids: ['evt_3', 'evt_2', 'evt_1'] });

test('an event knows its neighbours in the list that it was opened from, and the way back', () => {
  expect(placeIn(list, 'evt_2')).toEqual({ search: '?q=state%3Aerror', previous: 'evt_3', next: 'evt_1' });
  expect(placeIn(list, 'evt_3')).toEqual({ search: '?q=state%3Aerror', previous: null, next: 'evt_2' });
});

test('an event that is not in the list has none, but the way back stays', () => {
  expect(placeIn(list, 'evt_9')).toEqual({ search: '?q=state%3Aerror', previous: null, next: null });
});

test('only a list is taken from the tab’s storage', () => {
  for (const text of [null, '', '{', '[]', '{"ids":1,"search":""}', '{"ids":[],"search":"//elsewhere"}']) {
    expect(placeIn(text, 'evt_1')).toEqual({ search: '', previous: null, next: null });
  }
});
