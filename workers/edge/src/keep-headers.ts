import { maskedHeader } from '@nexomatic/contracts/envelope';
import type { Verification } from '@nexomatic/contracts/verification';

type Pair = [name: string, value: string];

/** What concerns only the connection that the request came over. */
const leftOut = new Set(['connection', 'content-length', 'expect', 'keep-alive', 'te', 'transfer-encoding', 'upgrade']);

/** Credentials and signatures of schemes that we know; whatever the source asks for, their values are kept nowhere. */
const masked = new Set([
  'authorization',
  'proxy-authorization',
  'cookie',
  'x-api-key',
  'x-auth-token',
  'x-access-token',
  'x-csrf-token',
  'x-gitlab-token',
  'x-goog-channel-token',
  'x-amz-security-token',
  'aeg-sas-key',
  'aeg-sas-token',
  'cf-access-client-id',
  'cf-access-client-secret',
  'cf-access-jwt-assertion',
  'webhook-signature',
  'svix-signature',
  'x-hub-signature',
  'x-hub-signature-256',
  'stripe-signature',
  'x-slack-signature',
  'x-shopify-hmac-sha256',
  'x-twilio-signature',
  'x-twitter-webhooks-signature',
]);

const maxHeaders = 100;
const maxCharacters = 8 * 1024;

/**
 * The headers that go into the receipt, in their order. One that does not fit any more is left out whole: half a
 * value would mislead whoever reads it.
 */
export function keepHeaders(headers: Iterable<Pair>, verification: Verification): Pair[] {
  const own = 'header' in verification ? verification.header.toLowerCase() : '';
  const kept: Pair[] = [];
  let characters = 0;
  for (const [name, value] of headers) {
    const pair: Pair = [name, name === own || masked.has(name) ? maskedHeader : value];
    const size = name.length + pair[1].length;
    if (leftOut.has(name) || characters + size > maxCharacters) continue;
    characters += size;
    if (kept.push(pair) === maxHeaders) break;
  }
  return kept;
}
