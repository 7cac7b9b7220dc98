import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { BadInput } from './bad-input.ts';
import { rawRequest } from './send-raw.ts';

const ada = '{"name":"Ada"}';
const cap = 1024 * 1024;
// Packed beforehand: it takes a second, in the process that the hub under test runs in.
const gzipBomb = gzipSync(Buffer.alloc(256 * cap));
const brotliBomb = brotliCompressSync(Buffer.alloc(64 * cap), { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
const notFound = { status: 404, code: 'source_not_found' };
const filler = Buffer.alloc(cap + 1, 0x20);
const chunk = (bytes: Uint8Array) => [`${bytes.length.toString(16)}\r\n`, bytes, '\r\n'];
const head = (path: string, headers: Record<string, string>) =>
  rawRequest({ path, headers: { 'content-length': '', ...headers } }).pieces[0] as string;

/** What may be wrong with how a request comes. */
export const transportInputs: BadInput[] = [
  {
    n: 1,
    what: 'a GET',
    to: 'plain',
    request: (path) => rawRequest({ path, method: 'GET' }),
    expected: { status: 405, code: 'method_not_allowed', headers: { allow: 'POST, OPTIONS' } },
  },
  {
    n: 2,
    what: 'an unknown key',
    to: 'plain',
    request: () => rawRequest({ path: `/h/${'a'.repeat(32)}`, body: ada }),
    expected: notFound,
  },
  {
    n: 2,
    what: 'a key with one character changed',
    to: 'plain',
    request: (path) => rawRequest({ path: path.slice(0, -1) + (path.endsWith('a') ? 'b' : 'a'), body: ada }),
    expected: notFound,
  },
  {
    n: 2,
    what: 'a key of 10 kB',
    to: 'plain',
    request: () => rawRequest({ path: `/h/${'a'.repeat(10_000)}`, body: ada }),
    expected: notFound,
  },
  {
    n: 2,
    what: 'a key of %00',
    to: 'plain',
    request: () => rawRequest({ path: '/h/%00', body: ada }),
    expected: notFound,
  },
  {
    n: 2,
    what: 'a key of ..%2f',
    to: 'plain',
    request: () => rawRequest({ path: '/h/..%2f..%2fetc', body: ada }),
    expected: notFound,
  },
  {
    n: 3,
    what: 'the key of a disabled source',
    to: 'disabled',
    request: (path) => rawRequest({ path, body: ada }),
    expected: notFound,
  },
  {
    n: 4,
    what: 'a body of one byte more than the cap',
    to: 'plain',
    request: (path) => rawRequest({ path, body: filler }),
    expected: { status: 413, code: 'payload_too_large', detail: /1048576/ },
  },
  {
    n: 5,
    what: 'the same in chunks, of no declared length',
    to: 'plain',
    request: (path) => ({ pieces: [head(path, { 'transfer-encoding': 'chunked' }), ...chunk(filler), '0\r\n\r\n'] }),
    expected: { status: 413, code: 'payload_too_large' },
  },
  {
    n: 6,
    what: 'a body that stops before its declared length',
    to: 'plain',
    request: (path) => rawRequest({ path, headers: { 'content-length': '100' }, body: '{"name":' }),
    expected: { status: 408, code: 'body_timeout' },
  },
  {
    n: 7,
    what: 'both a length and chunks',
    to: 'plain',
    request: (path) => ({
      pieces: [
        head(path, { 'transfer-encoding': 'chunked', 'content-length': '14' }),
        ...chunk(Buffer.from(ada)),
        '0\r\n\r\n',
      ],
    }),
    expected: { status: 400, closes: true },
    only: {
      mount: 'hub',
      because: 'workerd goes by the chunks and closes, as RFC 9112 (6.1) allows, and shows a Worker no length',
    },
  },
  {
    n: 8,
    what: 'a gzip body where that is not enabled',
    to: 'plain',
    request: (path) => rawRequest({ path, headers: { 'content-encoding': 'gzip' }, body: gzipSync(ada) }),
    expected: { status: 415, code: 'content_encoding_not_enabled' },
  },
  {
    n: 8,
    what: 'a gzip body where it is',
    to: 'unpacking',
    request: (path) => rawRequest({ path, headers: { 'content-encoding': 'gzip' }, body: gzipSync(ada) }),
    expected: { status: 202 },
  },
  {
    n: 9,
    what: 'a gzip bomb of 256 MiB',
    to: 'unpacking',
    request: (path) => rawRequest({ path, headers: { 'content-encoding': 'gzip' }, body: gzipBomb }),
    expected: { status: 413, code: 'decoded_too_large' },
  },
  {
    n: 9,
    what: 'a brotli bomb of 64 MiB',
    to: 'unpacking',
    request: (path) => rawRequest({ path, headers: { 'content-encoding': 'br' }, body: brotliBomb }),
    expected: { status: 413, code: 'decoded_too_large' },
  },
  {
    n: 11,
    what: 'an empty body',
    to: 'plain',
    request: (path) => rawRequest({ path }),
    expected: { status: 422, code: 'empty_body' },
  },
  {
    n: 11,
    what: 'an empty body of a raw source',
    to: 'raw',
    request: (path) => rawRequest({ path }),
    expected: { status: 202 },
  },
  {
    n: 12,
    what: 'JSON of no declared type, where it must be declared',
    to: 'declared',
    request: (path) => rawRequest({ path, headers: { 'content-type': '' }, body: ada }),
    expected: { status: 415, code: 'unsupported_media_type' },
  },
  {
    n: 12,
    what: 'JSON declared as text, where that is looked into',
    to: 'plain',
    request: (path) => rawRequest({ path, headers: { 'content-type': 'text/plain' }, body: ada }),
    expected: { status: 202 },
  },
  {
    n: 12,
    what: 'a form',
    to: 'plain',
    request: (path) =>
      rawRequest({ path, headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'a=1&b=2' }),
    expected: { status: 415, code: 'unsupported_media_type' },
  },
  {
    n: 12,
    what: 'a form of a raw source',
    to: 'raw',
    request: (path) =>
      rawRequest({ path, headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'a=1&b=2' }),
    expected: { status: 202 },
  },
  {
    n: 12,
    what: 'a multipart body with a file',
    to: 'plain',
    request: (path) =>
      rawRequest({ path, headers: { 'content-type': 'multipart/form-data; boundary=x' }, body: '--x\r\n\r\n--x--' }),
    expected: { status: 415, code: 'unsupported_media_type' },
  },
  {
    n: 13,
    what: 'JSON in UTF-16',
    to: 'plain',
    request: (path) =>
      rawRequest({
        path,
        headers: { 'content-type': 'application/json; charset=utf-16' },
        body: Buffer.from(ada, 'utf16le'),
      }),
    expected: { status: 415, code: 'charset' },
  },
  {
    n: 13,
    what: 'JSON after a byte order mark',
    to: 'plain',
    request: (path) => rawRequest({ path, body: `\ufeff${ada}` }),
    expected: { status: 422, code: 'invalid_json', detail: /byte order mark/ },
  },
  {
    n: 14,
    what: '200 headers',
    to: 'plain',
    request: (path) =>
      rawRequest({
        path,
        headers: Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`x-${i}`, 'y'])),
        body: ada,
      }),
    expected: { status: 431 },
  },
  {
    n: 14,
    what: 'a header of 40 kB',
    to: 'plain',
    request: (path) => rawRequest({ path, headers: { 'x-long': 'y'.repeat(40_000) }, body: ada }),
    expected: { status: 431 },
  },
  {
    n: 15,
    what: 'a bare CR in a header',
    to: 'plain',
    request: (path) => rawRequest({ path, headers: { 'x-odd': 'one\rtwo: three' }, body: ada }),
    expected: { status: 400, closes: true },
  },
  {
    n: 17,
    what: 'an address of the list in X-Forwarded-For',
    to: 'listed',
    request: (path) => rawRequest({ path, headers: { 'x-forwarded-for': '203.0.113.7' }, body: ada }),
    expected: { status: 403, code: 'address_not_allowed', cause: 'address_not_allowed' },
  },
  {
    n: 18,
    what: 'an IPv4 address in its IPv6 form',
    to: 'listed',
    request: (path) => rawRequest({ path, headers: { 'cf-connecting-ip': '::ffff:10.0.0.1' }, body: ada }),
    expected: { status: 202 },
    only: { mount: 'edge', because: 'a hub takes the address from the connection' },
  },
  {
    n: 20,
    what: 'a method in lower case',
    to: 'plain',
    request: (path) => rawRequest({ path, method: 'post', body: ada }),
    expected: { status: [400, 405, 501] },
  },
  {
    n: 20,
    what: 'TRACE',
    to: 'plain',
    request: (path) => rawRequest({ path, method: 'TRACE' }),
    expected: { status: [400, 405, 501] },
  },
];
