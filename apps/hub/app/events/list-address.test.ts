import { describe, expect, test } from 'vitest';
import {
  addressOf,
  askedText,
  freezeQuery,
  queryOf,
  readAddress,
  redirectOf,
  sinceTerm,
  withTime,
} from './list-address.ts';

const read = (query: string) => readAddress(new URLSearchParams(query));
const redirect = (query: string) => {
  const to = redirectOf(new URLSearchParams(query));
  return to === null ? null : read(to).text;
};

describe('an address', () => {
  test('without a query shows what was fired from outside, an empty one shows every step', () => {
    expect(read('').text).toBe('is:root');
    expect(read('?q=').text).toBe('');
  });

  test('comes back from what it was read into', () => {
    for (const query of ['', '?q=', '?q=state%3Aerror+-type%3A%22a+b%22', '?q=type%3Ax&view=viw_1&cursor=abc']) {
      expect(addressOf(read(query))).toBe(query);
    }
  });

  test('of the earlier form leads to the query that shows the same events', () => {
    expect(redirect('state=running&state=error&type=hello.received&range=7d')).toBe(
      'state:(running,error) type:hello.received since:7d',
    );
    expect(redirect('state=Error')).toBe('state:error');
    expect(redirect('range=all')).toBe('since:all');
    expect(redirect('range=24h')).toBe('');
    expect(redirect('from=2026-11-01T00:00&to=2026-11-02T12:30:15')).toBe(
      'from:2026-11-01T00:00Z to:2026-11-02T12:30:15Z',
    );
    expect(redirect('q=state:error&state=running')).toBeNull();
    expect(redirect('cursor=abc')).toBeNull();
  });
});

describe('the time', () => {
  test('is the last day when a query names none', () => {
    expect(askedText(queryOf('state:error'))).toBe('state:error since:24h');
    expect(askedText(queryOf('state:error since:all'))).toBe('state:error since:all');
    expect(askedText(queryOf('to:2026-11-02T12:30Z'))).toBe('to:2026-11-02T12:30Z');
  });

  test('takes the place of another, and is not written where it is the usual one', () => {
    expect(withTime(queryOf('since:1h type:x'), [sinceTerm('7d')])).toEqual(queryOf('type:x since:7d'));
    expect(withTime(queryOf('from:2026-11-02T12:30Z type:x'), [sinceTerm('24h')])).toEqual(queryOf('type:x'));
  });
});

test('a query for a job that begins later names the time that it reaches back to', () => {
  const now = Date.UTC(2026, 10, 24, 12);
  expect(freezeQuery(queryOf('state:error'), now)).toBe('state:error from:2026-11-23T12:00:00.000Z');
  expect(freezeQuery(queryOf('since:7d state:error'), now)).toBe('state:error from:2026-11-17T12:00:00.000Z');
  expect(freezeQuery(queryOf('state:error since:all'), now)).toBe('state:error');
  expect(freezeQuery(queryOf('from:2026-11-01T00:00Z to:2026-11-02T00:00Z'), now)).toBe(
    'from:2026-11-01T00:00:00.000Z to:2026-11-02T00:00Z',
  );
});
