import { expect, test } from 'vitest';
import { readRequestQuery, requestsHref } from './request-query.ts';

const read = (query: string) => readRequestQuery(new URLSearchParams(query));

test('what a list of requests is narrowed to is read from its address, and nothing else is believed', () => {
  expect(read('outcome=refused&cause=signature_mismatch&cursor=x')).toEqual({
    outcome: 'refused',
    cause: 'signature_mismatch',
  });
  expect(read('outcome=lost&cause=A%20B')).toEqual({});
  expect(read('')).toEqual({});
});

test('an address without a filter is that of the whole list', () => {
  expect(requestsHref({})).toBe('.');
  expect(requestsHref({ outcome: 'refused', cause: '' })).toBe('?outcome=refused');
});
