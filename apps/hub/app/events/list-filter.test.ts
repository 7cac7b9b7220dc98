import { describe, expect, test } from 'vitest';
import { filterQuery, listInput, readFilter } from './list-filter.ts';

const read = (query: string) => readFilter(new URLSearchParams(query));
const now = Date.UTC(2026, 10, 24, 12);

describe('an address', () => {
  test('without a query means the last 24 hours', () => {
    expect(listInput(read(''), now)).toEqual({ since: '2026-11-23T12:00:00.000Z', limit: 50 });
  });

  test('comes back from the filter that it was read into', () => {
    for (const query of [
      '?state=running&state=error&type=hello.received&range=7d&cursor=abc',
      '?from=2026-11-01T00%3A00&to=2026-11-02T12%3A30',
      '?range=all',
      '',
    ]) {
      const filter = read(query);
      expect(filterQuery(filter, { cursor: filter.cursor })).toBe(query);
    }
  });

  test('takes states in any case and joined by commas, and ignores what it does not know', () => {
    expect(read('state=Error,RUNNING&state=nonsense&range=forever&from=yesterday')).toMatchObject({
      states: ['RUNNING', 'ERROR'],
      range: '24h',
      from: '',
    });
  });
});

test('a changed filter begins at the newest page', () => {
  expect(filterQuery(read('cursor=abc&type=x'), { states: ['ERROR'] })).toBe('?state=error&type=x');
});

test('a custom range gives both bounds, read as UTC', () => {
  expect(listInput(read('from=2026-11-01T00:00&to=2026-11-02T12:30:15'), now)).toEqual({
    since: '2026-11-01T00:00:00.000Z',
    until: '2026-11-02T12:30:15.000Z',
    limit: 50,
  });
});

test('any time asks without a bound', () => {
  expect(listInput(read('range=all&type=x'), now)).toEqual({ type: 'x', limit: 50 });
});
