import type { VerificationSecret } from '@nexomatic/contracts/verification';
import { decodeBase64, decodeHex } from '../decode.ts';
import type { MacAlgorithm } from '../mac.ts';
import { utf8 } from '../mac.ts';
import { matchMacs } from './match-macs.ts';
import { headerOf, type SignedRequest, type Verdict, type Verify } from './scheme.ts';

/** Needs no settings, so it serves any scheme. */
type BodyVerify = (request: SignedRequest, secrets: VerificationSecret[]) => Promise<Verdict>;

/**
 * Senders that sign the body and nothing else. They send no signed time, so only the delivery's id tells a replay.
 *
 * GitHub: docs.github.com "Validating webhook deliveries". Shopify: shopify.dev "Verify webhooks". X (Account Activity API):
 * developer.x.com "Securing webhooks".
 */
const bodyMac =
  (header: string, prefix: string, algorithm: MacAlgorithm, decode: typeof decodeHex): BodyVerify =>
  async (request, secrets) => {
    const value = headerOf(request, header);
    if (typeof value !== 'string') return value;
    const candidates = [value.startsWith(prefix) ? decode(value.slice(prefix.length)) : null];
    return matchMacs({ algorithm, candidates, secrets, keyOf: utf8, signed: [request.body] });
  };

const github256 = bodyMac('x-hub-signature-256', 'sha256=', 'sha256', decodeHex);
const github1 = bodyMac('x-hub-signature', 'sha1=', 'sha1', decodeHex);

/** SHA-1 only where its owner allows it, and never in place of a better signature that came along. */
export const github: Verify<'github'> = (request, secrets, settings) =>
  settings.allowSha1 && request.headers.get('x-hub-signature-256') === null
    ? github1(request, secrets)
    : github256(request, secrets);

export const shopify: Verify<'shopify'> = bodyMac('x-shopify-hmac-sha256', '', 'sha256', decodeBase64);
export const x: Verify<'x'> = bodyMac('x-twitter-webhooks-signature', 'sha256=', 'sha256', decodeBase64);
