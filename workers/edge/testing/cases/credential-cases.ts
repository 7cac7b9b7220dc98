import type { Expected, WebhookCase } from '../webhook-case.ts';
import { ada, json, post, source, withMethod } from './requests.ts';

const basic = source({ verification: { scheme: 'basic' } }, 'tëst:pass:word');
const bearer = source({ verification: { scheme: 'token' } }, 'correct horse');
const named = source({ verification: { scheme: 'token', header: 'X-Key', prefix: '' } }, 'correct horse');
const gitlab = source({ verification: { scheme: 'gitlab_token' } }, 'correct horse');
const fromNowhere = source({ allowedAddresses: ['192.0.2.0/24', '2001:db8::/32'] });

const base64 = (text: string) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
const accepted: Expected = { accepted: true, secret: 0 };
const refused = (cause: string, headers: Record<string, string> = {}): Expected => ({
  code: 'signature_invalid',
  cause,
  headers,
});
const challenge = { 'www-authenticate': 'Basic realm="webhook", charset="UTF-8"' };
const authorized = (authorization: string) => post({ ...json, authorization }, ada);

/** Senders that show a secret, and addresses that they come from. */
export const credentialCases: WebhookCase[] = [
  {
    name: 'Basic with colons in the password and another letter than ASCII',
    source: basic,
    expected: accepted,
    request: authorized(`Basic ${base64('tëst:pass:word')}`),
  },
  {
    name: 'Basic with another password',
    source: basic,
    expected: refused('signature_mismatch', challenge),
    request: authorized(`Basic ${base64('tëst:password')}`),
  },
  {
    name: 'Basic that is not base64',
    source: basic,
    expected: refused('signature_malformed', challenge),
    request: authorized('Basic t:p'),
  },
  {
    name: 'Basic and nothing after it',
    source: basic,
    expected: refused('signature_malformed', challenge),
    request: authorized('Basic'),
  },
  {
    name: 'no Basic at all',
    source: basic,
    expected: refused('signature_missing', challenge),
    request: post(json, ada),
  },
  { name: 'a bearer token', source: bearer, expected: accepted, request: authorized('bearer correct horse') },
  {
    name: 'another bearer token',
    source: bearer,
    expected: refused('signature_mismatch'),
    request: authorized('Bearer correct horsf'),
  },
  {
    name: 'a bearer token in the address',
    source: bearer,
    expected: refused('signature_missing'),
    request: ({ baseUrl, sourceKey }) =>
      new Request(`${baseUrl}/h/${sourceKey}?access_token=correct%20horse`, {
        method: 'POST',
        headers: json,
        body: ada,
      }),
  },
  {
    name: 'a token in a header of the source’s own',
    source: named,
    expected: accepted,
    request: post({ ...json, 'x-key': 'correct horse' }, ada),
  },
  {
    name: 'GitLab’s token',
    source: gitlab,
    expected: accepted,
    request: post({ ...json, 'x-gitlab-token': 'correct horse' }, ada),
  },
  {
    name: 'a request to a source whose secret nobody has set',
    source: source({ verification: { scheme: 'github' } }),
    expected: refused('secret_missing'),
    request: post({ ...json, 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` }, ada),
  },
  {
    name: 'a request from an address that is not allowed',
    source: fromNowhere,
    expected: { code: 'address_not_allowed' },
    request: post({ ...json, 'x-forwarded-for': '192.0.2.1' }, ada),
  },
  {
    name: 'a handshake from an address that is not allowed',
    source: source({ allowedAddresses: ['192.0.2.0/24'], handshakes: { cloudEvents: true } }),
    expected: { code: 'address_not_allowed' },
    request: withMethod('OPTIONS', { 'webhook-request-origin': 'eventemitter.example.com' }),
  },
];
