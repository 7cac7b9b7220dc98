import { createHmac } from 'node:crypto';
import { systemClock } from '@nexomatic/clock';
import { type BadInput, type SourceName, secret, standardSecret } from './bad-input.ts';
import { rawRequest } from './send-raw.ts';

const ada = '{"name":"Ada"}';
const mac = (body: string, key: string) => createHmac('sha256', key).update(body);
const hex = (body: string, key = secret) => mac(body, key).digest('hex');
const flipped = (text: string) => (text.startsWith('a') ? 'b' : 'a') + text.slice(1);

/** Signed at the time of sending, moved by that many seconds. */
function standard(shift: string | number, id = 'msg_1', versions = 'v1') {
  const at = typeof shift === 'string' ? shift : String(Math.floor(systemClock.now() / 1_000) + shift);
  const key = Buffer.from(standardSecret.slice(6), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${at}.${ada}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': `${versions},${signature}` };
}

function refused(
  n: number,
  what: string,
  to: SourceName,
  cause: string,
  headers: () => Record<string, string>,
): BadInput {
  return {
    n,
    what,
    to,
    request: (path) => rawRequest({ path, headers: headers(), body: ada }),
    expected: { status: 401, code: 'signature_invalid', cause },
  };
}

const taken = (n: number, what: string, to: SourceName, headers: () => Record<string, string>): BadInput => ({
  n,
  what,
  to,
  request: (path) => rawRequest({ path, headers: headers(), body: ada }),
  expected: { status: 202 },
});

const github = (value: string) => () => ({ 'x-hub-signature-256': value });
const shopify = (value: string) => () => ({ 'x-shopify-hmac-sha256': value });
const basic = (value: string) => () => ({ authorization: value });
const base64 = (text: string) => Buffer.from(text).toString('base64');
const digest = mac(ada, secret).digest('base64');

/** Senders that are not whom they say they are. All are told the same; the source's owner is told the cause. */
export const authenticityInputs: BadInput[] = [
  refused(33, 'no signature', 'github', 'signature_missing', () => ({})),
  refused(34, 'the signature of another body', 'github', 'signature_mismatch', github(`sha256=${hex('{}')}`)),
  refused(34, 'the signature by another secret', 'github', 'signature_mismatch', github(`sha256=${hex(ada, 'other')}`)),
  refused(
    34,
    'a signature with one digit changed',
    'github',
    'signature_mismatch',
    github(`sha256=${flipped(hex(ada))}`),
  ),
  refused(35, 'hex of odd length', 'github', 'signature_malformed', github(`sha256=${hex(ada).slice(1)}`)),
  taken(35, 'hex in upper case', 'github', github(`sha256=${hex(ada).toUpperCase()}`)),
  refused(35, 'a space before the equals sign', 'github', 'signature_malformed', github(`sha256 =${hex(ada)}`)),
  refused(35, 'the old SHA-1 header alone', 'github', 'signature_missing', () => ({
    'x-hub-signature': `sha1=${createHmac('sha1', secret).update(ada).digest('hex')}`,
  })),
  refused(36, 'base64url', 'shopify', 'signature_malformed', shopify(`-_${digest.slice(2)}`)),
  refused(36, 'base64 without its padding', 'shopify', 'signature_malformed', shopify(digest.replace(/=+$/, ''))),
  refused(
    36,
    'base64 with something else in it',
    'shopify',
    'signature_malformed',
    shopify(`${digest.slice(0, 8)}*${digest.slice(9)}`),
  ),
  refused(37, 'a time of 301 s ago', 'standard', 'timestamp_out_of_tolerance', () => standard(-301)),
  refused(37, 'a time in 301 s and more', 'standard', 'timestamp_out_of_tolerance', () => standard(303)),
  ...['Infinity', '1e9', '1700000000abc', '1700000000000', '-5'].map((at) =>
    refused(37, `a time of ${at}`, 'standard', 'timestamp_malformed', () => standard(at)),
  ),
  refused(39, 'a signature of version v2 alone', 'standard', 'signature_malformed', () => standard(0, 'msg_2', 'v2')),
  refused(39, 'an empty signature', 'standard', 'signature_malformed', () => ({
    ...standard(0),
    'webhook-signature': 'v1,',
  })),
  refused(39, 'a delivery id with a full stop', 'standard', 'signature_malformed', () => standard(0, 'msg.1')),
  taken(41, 'a password that holds a colon and no ASCII', 'basic', basic(`Basic ${base64('test:pass:123£')}`)),
  ...[`Basic ${base64('test:pass')}`, 'Basic not*base64', 'Basic', 'Bearer x'].map((value): BadInput => {
    const input = refused(
      41,
      `“${value}”`,
      'basic',
      value.length > 16 && !value.includes('*') ? 'signature_mismatch' : 'signature_malformed',
      basic(value),
    );
    return {
      ...input,
      expected: { ...input.expected, headers: { 'www-authenticate': 'Basic realm="webhook", charset="UTF-8"' } },
    };
  }),
  {
    n: 42,
    what: 'the bearer token in the query',
    to: 'bearer',
    request: (path) => rawRequest({ path: `${path}?access_token=a-long-enough-bearer-token`, body: ada }),
    expected: { status: 401, code: 'signature_invalid', cause: 'signature_missing' },
  },
  refused(43, 'a replay after ten minutes', 'standard', 'timestamp_out_of_tolerance', () => standard(-600, 'msg_old')),
  {
    n: 45,
    what: 'OPTIONS of nobody',
    to: 'cloudEvents',
    request: (path) => rawRequest({ path, method: 'OPTIONS' }),
    expected: { status: 405, headers: { allow: 'POST, OPTIONS' } },
  },
  {
    n: 45,
    what: 'OPTIONS that asks for permission, with an address to call back',
    to: 'cloudEvents',
    request: (path) =>
      rawRequest({
        path,
        method: 'OPTIONS',
        headers: {
          'webhook-request-origin': 'eventemitter.example.com',
          'webhook-request-callback': 'http://169.254.169.254/latest',
          'webhook-request-rate': '120',
        },
      }),
    expected: {
      status: 200,
      headers: { 'webhook-allowed-origin': 'eventemitter.example.com', 'webhook-allowed-rate': '120', allow: 'POST' },
    },
  },
  {
    n: 46,
    what: 'an envelope that nobody signed',
    to: 'plain',
    request: () => rawRequest({ path: '/internal/ingest', body: ada }),
    expected: { status: [401, 404] },
  },
  {
    n: 46,
    what: 'a call for settings that nobody signed',
    to: 'plain',
    request: () => rawRequest({ path: '/internal/edge/settings', body: '{"sourceKeyHash":""}' }),
    expected: { status: [401, 404] },
  },
  {
    n: 46,
    what: 'a question for the buffer that nobody signed',
    to: 'plain',
    request: () => rawRequest({ path: '/internal/buffer/status', body: '{}' }),
    expected: { status: [401, 404] },
  },
];
