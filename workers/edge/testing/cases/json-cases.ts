import type { WebhookCase } from '../webhook-case.ts';
import { json, post, source } from './requests.ts';

const raw = source({ content: { raw: true } });
const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

const rawBodies: [what: string, body: string | Uint8Array<ArrayBuffer>][] = [
  ['a body 65 levels deep', nested(65)],
  ['an empty body', ''],
  ['invalid UTF-8 and a NUL', Uint8Array.of(0xff, 0xfe, 0x00, 0x80, 0x7b, 0x7d)],
];

/** What the body holds. */
export const jsonCases: WebhookCase[] = [
  { name: 'an empty body', expected: { code: 'empty_body', by: 'rules' }, request: post(json, '') },
  { name: 'a body that is not JSON', expected: { code: 'invalid_json', by: 'rules' }, request: post(json, '{"name":') },
  { name: 'a body 64 levels deep', expected: { accepted: true }, request: post(json, nested(64)) },
  { name: 'a body 65 levels deep', expected: { code: 'json_too_deep' }, request: post(json, nested(65)) },
  {
    name: 'a body of a million brackets',
    expected: { code: 'json_too_deep' },
    request: post(json, '['.repeat(1_000_000)),
  },
  {
    name: 'a body of 300,000 members',
    expected: { code: 'json_too_complex' },
    request: post(json, `[0${',0'.repeat(300_000)}]`),
  },
  {
    name: 'brackets and commas inside a string',
    expected: { accepted: true },
    request: post(json, `"${'[,'.repeat(300_000)}"`),
  },
  ...rawBodies.map(
    ([what, body]): WebhookCase => ({
      name: `${what}, where bytes are taken`,
      source: raw,
      expected: { accepted: true },
      request: post({ 'content-type': 'application/octet-stream' }, body),
    }),
  ),
];
