import type { BadInput } from './bad-input.ts';
import { rawRequest } from './send-raw.ts';

const body = (text: string | Uint8Array) => (path: string) => rawRequest({ path, body: text });
const notJson = (n: number, text: string, detail: RegExp): BadInput => ({
  n,
  what: JSON.stringify(text),
  to: 'plain',
  request: body(text),
  expected: { status: 422, code: 'invalid_json', detail },
});
const accepted = (n: number, what: string, text: string): BadInput => ({
  n,
  what,
  to: 'roomy',
  request: body(text),
  expected: { status: 202 },
});

/** What may be wrong, or only odd, with a body that is to be JSON. */
export const jsonInputs: BadInput[] = [
  notJson(21, '{"a":1,}', /Line 1, column 8/),
  notJson(21, "{'a':1}", /Line 1, column 2/),
  notJson(21, 'NaN', /Line 1, column 1/),
  notJson(21, '{"a":1} // c', /Line 1, column 9/),
  notJson(21, '{"a":1} x', /Line 1, column 9/),
  {
    n: 22,
    what: 'a depth of 65',
    to: 'plain',
    request: body('['.repeat(65) + ']'.repeat(65)),
    expected: { status: 422, code: 'json_too_deep' },
  },
  {
    n: 22,
    what: 'a depth of 64',
    to: 'plain',
    request: body('['.repeat(64) + ']'.repeat(64)),
    expected: { status: 202 },
  },
  {
    n: 22,
    what: 'a depth of a million',
    to: 'roomy',
    request: body('['.repeat(1_000_000)),
    expected: { status: 422, code: 'json_too_deep' },
  },
  {
    n: 23,
    what: '1,000,001 keys',
    to: 'roomy',
    request: body(
      `{${Array.from({ length: 1_000_001 }, (_, i) => `"${i.toString(36)}":0`)
        .join(',')
        .slice(0, 9_000_000)}`,
    ),
    expected: { status: [413, 422] },
  },
  {
    n: 23,
    what: '10 MB of [0,0,…]',
    to: 'roomy',
    request: body(`[${'0,'.repeat(5_000_000)}0]`),
    expected: { status: 422, code: 'json_too_complex' },
  },
  accepted(24, 'numbers that JavaScript would change', '{"n":12345678901234567890123,"z":1e400,"f":1.0,"m":-0}'),
  accepted(26, 'names of the prototype', '{"__proto__":{"admin":true},"constructor":{"prototype":{"x":1}}}'),
  accepted(28, 'an escaped NUL', '{"a":"x\\u0000y"}'),
  accepted(29, 'text that turns, combines and hides', '{"a":"\u202egpj.exe Z\u0351\u0351\u0351 \u200b😀"}'),
  accepted(30, 'a number alone', '5'),
  accepted(30, 'null alone', 'null'),
  accepted(30, 'a text alone', '"x"'),
  accepted(31, 'a text of 8 MiB', JSON.stringify('x'.repeat(8 * 1024 * 1024))),
  accepted(
    32,
    'text that elsewhere would be code',
    JSON.stringify({ a: ['</script>', '{{7*7}}', '=cmd(1)', '$'.concat('{jndi:ldap://x}')] }),
  ),
];
