import { expect, test } from 'vitest';
import { type Cell, cellEntries } from './cell-entries.ts';
import { queryOf, readAddress } from './list-address.ts';
import { eventSummary } from './testing/event-summary.ts';

const event = eventSummary({
  id: 'evt_1',
  type: 'deploy.app',
  state: 'ERROR',
  reason: 'timeout',
  source: 'github',
  message: 'too slow',
});

/** Each line of the menu with the query that it leads to. */
function menu(cell: Cell, query = 'is:root', of = event) {
  const entries = cellEntries(of, cell, { query: queryOf(query), address: { view: '' }, copy: () => undefined });
  return entries.map(({ label, to }) =>
    to?.startsWith('?') ? `${label} → ${readAddress(new URLSearchParams(to)).text}` : label,
  );
}

test('a state filters by itself and by its reason', () => {
  expect(menu('state')).toEqual([
    'Only state:error → is:root state:error',
    'Not state:error → is:root -state:error',
    'Only reason:timeout → is:root reason:timeout',
    'Not reason:timeout → is:root -reason:timeout',
    'Copy too slow',
    'Open the event',
  ]);
});

test('what is missing can be asked for as well', () => {
  expect(menu('sink', '')).toEqual(['Only sink:null → sink:null', 'Not sink:null → -sink:null', 'Open the event']);
});

test('a follow-on leads to the others of its parent, and an id to the whole chain', () => {
  const parentId = 'evt_01jd5y0q6vf0x9h2m7k3c8t4zr';
  const step = eventSummary({ id: 'evt_2', parentId, rootId: parentId, edge: 'success' });
  expect(menu('source', '', step)[0]).toBe(
    'Only parent:evt_01jd5y0q6vf0x9h2m7k3c8t4zr → parent:evt_01jd5y0q6vf0x9h2m7k3c8t4zr',
  );
  expect(menu('id', '', step)[0]).toContain(`→ root:${parentId}`);
});

test('a time bounds the list in place of the range that held', () => {
  expect(menu('created', 'since:7d type:x').slice(0, 2)).toEqual([
    'Only from this time on → type:x from:2026-11-24T12:00:00.000Z',
    'Only before this time → type:x to:2026-11-24T12:00:00.000Z',
  ]);
});

test('the menu of a row offers its type, for the keyboard', () => {
  expect(menu('row')[0]).toBe('Only type:deploy.app → is:root type:deploy.app');
  expect(menu('row').at(-1)).toBe('Copy evt_1');
});
