import { expect, test } from 'vitest';
import { headerPairs, keepHeaders } from './keep-headers.ts';

test('headers keep their order and their values', () => {
  const headers: [string, string][] = [
    ['x-b', 'one, two'],
    ['x-a', ''],
    ['user-agent', 'curl/8'],
  ];
  expect(keepHeaders(headers)).toEqual(headers);
});

test.each(['authorization', 'proxy-authorization', 'cookie', 'x-api-key', 'x-gitlab-token', 'cf-access-jwt-assertion'])(
  '%s is left out',
  (name) => {
    expect(keepHeaders(new Headers({ [name]: 'secret', 'x-kept': 'yes' }))).toEqual([['x-kept', 'yes']]);
  },
);

test('no more than 100 headers are kept', () => {
  const headers = Array.from({ length: 150 }, (_, n): [string, string] => [`x-${n}`, '']);
  expect(keepHeaders(headers)).toEqual(headers.slice(0, 100));
});

test('a header that does not fit any more is left out whole, and a later one that does is kept', () => {
  const kept: [string, string][] = [
    ['x-first', 'a'.repeat(8_000)],
    ['x-last', 'ok'],
  ];
  const [first, last] = kept as [[string, string], [string, string]];
  expect(keepHeaders([first, ['x-long', 'b'.repeat(500)], last])).toEqual(kept);
});

test('names and values in turn are kept by the same rules, a header that came twice included', () => {
  const rawHeaders = ['X-Note', 'one', 'Authorization', 'Bearer x', 'X-Note', 'two', 'X-Empty', ''];
  expect(keepHeaders(headerPairs(rawHeaders))).toEqual([
    ['x-note', 'one'],
    ['x-note', 'two'],
    ['x-empty', ''],
  ]);
});
