import { listEventsInput } from '@nexomatic/contracts/event-api';
import { removeSinkInput } from '@nexomatic/contracts/sink-api';
import { expect, test } from 'vitest';
import { queryInput } from './query-input.ts';

const input = (query: string, path = {}) => queryInput(listEventsInput, new URLSearchParams(query), path);

test('numbers and lists become what the schema wants', () => {
  expect(input('state=ERROR&state=WARNING&limit=20&type=a')).toEqual({
    state: ['ERROR', 'WARNING'],
    limit: 20,
    type: 'a',
  });
  expect(input('state=ERROR,WARNING')).toEqual({ state: ['ERROR', 'WARNING'] });
});

test('true and false become booleans where the schema wants one, and nothing else does', () => {
  const force = (text: string) => queryInput(removeSinkInput, new URLSearchParams({ force: text }), {});
  expect([force('true'), force('false'), force('1')]).toEqual([{ force: true }, { force: false }, { force: '1' }]);
});

test('texts that look like numbers stay texts where a text is wanted', () => {
  expect(input('type=42')).toEqual({ type: '42' });
});

test.each(['limit=abc', 'limit=', 'limit=1e9', 'limit=1&limit=2', 'type=a&type=b', 'tenantId=ten_1', 'state='])(
  'what does not fit (%s) is left for the schema to refuse',
  (query) => {
    expect(listEventsInput.safeParse(input(query)).success).toBe(false);
  },
);

test('the path wins over a query parameter of the same name', () => {
  expect(input('id=evt_query', { id: 'evt_path' })).toEqual({ id: 'evt_path' });
});

test('names that objects inherit are names like any other', () => {
  expect(Object.keys(input('__proto__=x&constructor=y') as object)).toEqual(['__proto__', 'constructor']);
});
