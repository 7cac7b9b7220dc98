import { randomBytes } from 'node:crypto';
import type { Verification } from '@nexomatic/contracts/verification';
import { decodeBase64, decodeHex } from '@nexomatic/signature/decode';
import { keyOf } from '@nexomatic/signature/schemes/standard-webhooks';

/** What a secret must look like for its scheme, and a new one that does. */

const keyBytes = 32;
/** What the specification of Standard Webhooks asks for at least. */
const advisedBytes = 24;
const advisedCharacters = 16;

/** A new secret from the system's random source; null where the sender makes them and shows them to its customers. */
export function newSecret(verification: Verification): string | null {
  const random = randomBytes(keyBytes);
  switch (verification.scheme) {
    case 'stripe':
    case 'slack':
    case 'shopify':
    case 'twilio':
    case 'x':
      return null;
    case 'standard_webhooks':
      return `whsec_${random.toString('base64')}`;
    case 'basic':
      return `nexomatic:${random.toString('base64url')}`;
    case 'hmac':
      return random.toString(verification.keyEncoding === 'base64' ? 'base64' : 'hex');
    case 'github':
      return random.toString('hex');
    case 'gitlab_token':
    case 'token':
    case 'none':
      return random.toString('base64url');
    default:
      return verification satisfies never;
  }
}

interface Judged {
  /** Why the scheme could never use it; null: it can. */
  fault: string | null;
  warnings: string[];
}

/** What there is to say of a secret that was given. */
export function judgeSecret(verification: Verification, value: string): Judged {
  const fault = faultOf(verification, value);
  return { fault, warnings: fault === null ? warningsOf(verification, value) : [] };
}

function faultOf(verification: Verification, value: string): string | null {
  switch (verification.scheme) {
    case 'standard_webhooks':
      return standardFault(value);
    case 'stripe':
      return /\s/.test(value) ? 'it holds white space; copy it again, from whsec_ to its last letter' : null;
    case 'basic':
      return /^[^:]+:./s.test(value) ? null : 'not of the form user:password';
    case 'hmac':
      if (verification.keyEncoding === 'hex' && !decodeHex(value)) return 'not hex, which the settings say it is';
      if (verification.keyEncoding === 'base64' && !decodeBase64(value)) {
        return 'not base64, which the settings say it is';
      }
      return null;
    default:
      return null;
  }
}

function standardFault(value: string): string | null {
  if (value.startsWith('whsk_')) return 'a private key, which stays with the sender; give its public key, whpk_…';
  if (value.startsWith('whpk_')) {
    return decodeBase64(value.slice(5))?.length === 32 ? null : 'not a public key: whpk_ and base64 of 32 bytes';
  }
  return keyOf(value) ? null : 'not a secret of Standard Webhooks: whsec_ and base64 of 16 bytes or more';
}

function warningsOf(verification: Verification, value: string): string[] {
  const standardKey = verification.scheme === 'standard_webhooks' && !value.startsWith('whpk_') ? keyOf(value) : null;
  const short = standardKey === null ? value.length < advisedCharacters : standardKey.length < advisedBytes;
  return [
    ...(value === value.trim() ? [] : ['It begins or ends with white space, which counts as part of it.']),
    ...(short ? ['It is short, and could be guessed; ask for a longer one.'] : []),
  ];
}
