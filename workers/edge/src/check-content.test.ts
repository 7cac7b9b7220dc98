import { expect, test } from 'vitest';
import { checkContent } from './check-content.ts';

const plain = { raw: false, decompress: false, signedAs: 'wire' } as const;
const unpacking = { ...plain, decompress: true };

test.each([
  ['', null],
  ['application/json', null],
  ['application/json', 'identity'],
  ['application/json; charset=utf-8', null],
  ['application/json;CHARSET="UTF8"', null],
  ['text/plain; charset=us-ascii; format=flowed', null],
  ['application/x-www-form-urlencoded', null],
  ['application/octet-stream', null],
])('a body of type "%s" and encoding %s is worth reading', (contentType, contentEncoding) => {
  expect(checkContent(contentType, contentEncoding, plain)).toEqual({ kind: 'taken', encoding: null });
});

test.each([
  ['application/json', 'gzip', 'content_encoding_not_enabled'],
  ['application/json', 'br', 'content_encoding_not_enabled'],
  ['application/json', 'identity, gzip', 'content_encoding_not_enabled'],
  ['multipart/form-data; boundary=x', null, 'unsupported_media_type'],
  ['MULTIPART/mixed', null, 'unsupported_media_type'],
  [`application/json; x=${'y'.repeat(200)}`, null, 'unsupported_media_type'],
  ['application/json; charset=utf-16', null, 'charset'],
  ['text/plain; format=flowed; charset = "iso-8859-1"', null, 'charset'],
])('a body of type "%s" and encoding %s is refused as %s', (contentType, contentEncoding, code) => {
  expect(checkContent(contentType, contentEncoding, plain)).toMatchObject({ kind: 'refused', code });
});

test.each(['gzip', 'GZIP', 'x-gzip', 'deflate', 'br'])(
  'a body of encoding %s is taken where the source unpacks',
  (encoding) => {
    expect(checkContent('application/json', encoding, unpacking)).toEqual({
      kind: 'taken',
      encoding: encoding.toLowerCase(),
    });
  },
);

test.each(['zstd', 'gzip, gzip', 'constructor', ''])('a body of encoding "%s" is refused even so', (encoding) => {
  expect(checkContent('application/json', encoding, unpacking)).toMatchObject({ code: 'content_encoding_not_enabled' });
});

test('a raw source takes every type and character set', () => {
  for (const type of ['multipart/form-data; boundary=x', 'application/json; charset=utf-16', `x/${'y'.repeat(300)}`]) {
    expect(checkContent(type, null, { ...plain, raw: true })).toEqual({ kind: 'taken', encoding: null });
  }
});
