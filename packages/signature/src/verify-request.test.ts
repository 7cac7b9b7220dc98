import { type Verification, verificationSchema } from '@nexomatic/contracts/verification';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import vectors from '../vectors/webhooks.json' with { type: 'json' };
import { decodeHex } from './decode.ts';
import { type SignedRequest, verifyRequest } from './verify-request.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

function open(vector: (typeof vectors)[number]) {
  const headers = Object.entries(vector.headers).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const request: SignedRequest = {
    method: 'POST',
    url: vector.url,
    headers: new Headers(headers),
    body: (vector.bodyHex === undefined ? bytes(vector.body ?? '') : decodeHex(vector.bodyHex)) ?? new Uint8Array(),
    receivedAt: vector.at * 1_000 + 999,
    remoteAddress: '203.0.113.7',
  };
  const verification = verificationSchema.parse(vector.settings);
  const secrets = vector.secrets.map((value, i) => ({ id: `s${i + 1}`, value }));
  return { request, verifying: { verification, secrets, allowedAddresses: [] } };
}

describe('a published or recomputed vector', () => {
  test.each(vectors.map((vector) => [vector.id, vector] as const))('%s', async (_, vector) => {
    const { request, verifying } = open(vector);
    const verdict = await verifyRequest(request, verifying);
    expect(verdict.outcome === 'valid' ? 'valid' : verdict.cause).toBe(vector.expect);
  });
});

test('the verdict names the secret that matched', async () => {
  const vector = vectors.find(({ id }) => id === 'GitHub, second of two secrets');
  const { request, verifying } = open(vector as (typeof vectors)[number]);
  expect(await verifyRequest(request, verifying)).toEqual({ outcome: 'valid', secretId: 's2' });
});

const signing = vectors.filter(({ expect: expected, settings }) => expected === 'valid' && settings.scheme !== 'none');
const signsBody: Verification['scheme'][] = ['github', 'shopify', 'x', 'standard_webhooks', 'stripe', 'slack', 'hmac'];

test('one flipped bit in the body, the credential or every secret is refused, whatever the scheme', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...signing), fc.nat(), async (vector, bit) => {
      const { request, verifying } = open(vector);
      const accepted = async (changed: Partial<SignedRequest>, secrets = verifying.secrets) =>
        (await verifyRequest({ ...request, ...changed }, { ...verifying, secrets })).outcome === 'valid';
      if (signsBody.includes(verifying.verification.scheme) && request.body.length > 0) {
        expect(await accepted({ body: flip(request.body, bit) }), 'body').toBe(false);
      }
      const flipped = verifying.secrets.map(({ id, value }) => ({ id, value: flipText(value, bit) }));
      if (!isSameKey(vector.settings, vector.secrets)) expect(await accepted({}, flipped), 'secret').toBe(false);
      expect(await accepted({ headers: flipCredential(vector, bit) }), 'credential').toBe(false);
      expect(await accepted({})).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

test('a request from outside the allowed ranges is refused before any secret is looked at', async () => {
  const { request, verifying } = open(vectors[0] as (typeof vectors)[number]);
  const within = (allowedAddresses: string[]) => verifyRequest(request, { ...verifying, allowedAddresses });
  expect(await within(['203.0.113.0/24'])).toMatchObject({ outcome: 'valid' });
  expect(await within(['198.51.100.0/24', '2001:db8::/32'])).toMatchObject({ cause: 'address_not_allowed' });
});

test('work is bounded: a long header, many signatures and many secrets are cut off', async () => {
  const vector = vectors.find(({ id }) => id === 'V11 Standard Webhooks') as (typeof vectors)[number];
  const { request, verifying } = open(vector);
  const sign = (value: string) => new Headers([...(request.headers as Headers), ['webhook-signature', value]]);
  const replaced = (value: string) => {
    const headers = sign('');
    headers.set('webhook-signature', value);
    return { ...request, headers };
  };
  const good = request.headers.get('webhook-signature') ?? '';
  expect(await verifyRequest(replaced('v1,x '.repeat(1_000) + good), verifying)).toMatchObject({
    cause: 'signature_malformed',
  });
  expect(await verifyRequest(replaced(Array(21).fill(good).join(' ')), verifying)).toMatchObject({
    cause: 'signature_malformed',
  });
  const others = Array.from({ length: 11 }, (_, i) => ({
    id: `o${i}`,
    value: `whsec_${btoa(`0123456789abcdef${i}`)}`,
  }));
  const late = { ...verifying, secrets: [...others, ...verifying.secrets] };
  expect(await verifyRequest(request, late)).toMatchObject({ cause: 'signature_mismatch' });
});

function flip(body: Uint8Array<ArrayBuffer>, bit: number): Uint8Array<ArrayBuffer> {
  const at = (bit >> 3) % body.length;
  return body.map((byte, index) => (index === at ? byte ^ (1 << (bit & 7)) : byte));
}

/** One letter or digit becomes another: the text stays of the same form, and stands for something else. */
function flipText(text: string, bit: number): string {
  const places = [...text].flatMap((char, i) => (/[A-Za-z0-9]/.test(char) ? [i] : []));
  // The last digits of a base64 text may hold bits that count for nothing; the strict decoder refuses those anyway.
  const at = places[bit % places.length] ?? 0;
  const char = text.charAt(at);
  return text.slice(0, at) + (char.toLowerCase() === 'b' ? 'c' : 'b') + text.slice(at + 1);
}

/** `whsec_` and `whpk_` may be changed into no prefix at all, which is another spelling and not another key. */
const isSameKey = (settings: { scheme: string }, secrets: string[]): boolean =>
  settings.scheme === 'standard_webhooks' && secrets.some((secret) => secret.startsWith('wh'));

function flipCredential(vector: (typeof vectors)[number], bit: number): Headers {
  const { request } = open(vector);
  const headers = new Headers(request.headers as Headers);
  const name = [...headers.keys()].find((key) => /signature|hmac|x-sig|authorization|token|api-key/.test(key)) ?? '';
  const value = headers.get(name) ?? '';
  // What stands before the value (`sha256=`, `v1,`, `Bearer `) is matched in any case or passed over.
  const from = Math.max(value.lastIndexOf('=', value.length - 3), value.lastIndexOf(','), value.lastIndexOf(' ')) + 1;
  headers.set(name, value.slice(0, from) + flipText(value.slice(from), bit));
  if (vector.id.includes('several signatures') || vector.id.includes('beside it')) headers.set(name, 'v1,');
  return headers;
}
