import { createHash, randomBytes } from 'node:crypto';

/** What a token opens, readable from its first letters; the rest is 32 random bytes. */
export const tokenPrefixes = {
  apiToken: 'nxt_',
  sink: 'nxs_',
  sinkAccess: 'nxa_',
  join: 'nxj_',
  loginLink: 'nxl_',
  invitation: 'nxi_',
  setup: 'nxu_',
} as const;

const secret = (): string => randomBytes(32).toString('base64url');

/** A new token of that kind. Shown once: the database keeps only its hash. */
export const newToken = (kind: keyof typeof tokenPrefixes): string => tokenPrefixes[kind] + secret();

/** The value of a session cookie. */
export const newSessionToken = secret;

/**
 * What is stored and looked up. A plain hash is enough, because a token holds 256 random bits: there is nothing to
 * guess that salt or slowness would protect.
 */
export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest();

const base32 = 'abcdefghijklmnopqrstuvwxyz234567';

/** The key in a webhook's address: 160 random bits, in letters and digits that survive any form or mail. */
export function newSourceKey(): string {
  let bits = BigInt(`0x${randomBytes(20).toString('hex')}`);
  let key = '';
  for (let i = 0; i < 32; i++) {
    key += base32.charAt(Number(bits & 31n));
    bits >>= 5n;
  }
  return key;
}
