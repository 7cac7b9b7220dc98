import { maskedHeader } from '@nexomatic/contracts/envelope';
import type { Verification } from '@nexomatic/contracts/verification';
import { expect, test } from 'vitest';
import { keepHeaders as keep } from './keep-headers.ts';

const keepHeaders = (headers: Iterable<[string, string]>, verification: Verification = { scheme: 'none' }) =>
  keep(headers, verification);

test('headers keep their order and their values', () => {
  const headers: [string, string][] = [
    ['x-b', 'one, two'],
    ['x-a', ''],
    ['user-agent', 'curl/8'],
  ];
  expect(keepHeaders(headers)).toEqual(headers);
});

test.each([
  'authorization',
  'proxy-authorization',
  'cookie',
  'x-api-key',
  'x-gitlab-token',
  'x-hub-signature-256',
  'stripe-signature',
  'webhook-signature',
])('%s keeps its name, and its value nowhere', (name) => {
  expect(keepHeaders(new Headers({ [name]: 'secret', 'x-kept': 'yes' }))).toEqual([
    [name, maskedHeader],
    ['x-kept', 'yes'],
  ]);
});

test.each<[string, Verification]>([
  ['token', { scheme: 'token', header: 'X-Own-Key', prefix: '' }],
  [
    'signature',
    {
      scheme: 'hmac',
      header: 'X-Own-Key',
      prefix: '',
      algorithm: 'sha256',
      encoding: 'hex',
      keyEncoding: 'text',
      template: '{body}',
      timestampHeader: null,
      idHeader: null,
      toleranceSeconds: 300,
    },
  ],
])('the header in which a source of its own asks for a %s is masked in any case', (_, verification) => {
  expect(keepHeaders([['x-own-key', 'secret']], verification)).toEqual([['x-own-key', maskedHeader]]);
});

test('what concerns the connection alone is left out', () => {
  const headers: [string, string][] = [
    ['connection', 'close'],
    ['content-length', '2'],
    ['x-kept', 'yes'],
  ];
  expect(keepHeaders(headers)).toEqual([['x-kept', 'yes']]);
});

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
