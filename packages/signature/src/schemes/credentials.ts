import type { VerificationSecret } from '@nexomatic/contracts/verification';
import { decodeBase64 } from '../decode.ts';
import { sameText } from '../mac.ts';
import { headerOf, invalid, type Verdict, type Verify } from './scheme.ts';

/** Senders that show a secret instead of signing with it. Both sides are hashed before they are compared. */
async function matchText(text: string, secrets: VerificationSecret[]): Promise<Verdict> {
  if (secrets.length === 0) return invalid('secret_missing', 'the source has no secret');
  for (const { id, value } of secrets) {
    if (value !== '' && (await sameText(text, value))) return { outcome: 'valid', secretId: id };
  }
  return invalid('signature_mismatch', `the credential is none of ${secrets.length} live secrets`);
}

/** X-Gitlab-Token. Source: docs.gitlab.com "Webhooks", secret token. */
export const gitlabToken: Verify<'gitlab_token'> = async (request, secrets) => {
  const value = headerOf(request, 'x-gitlab-token');
  return typeof value === 'string' ? matchText(value, secrets) : value;
};

/** A token in a header of the owner's choice; `Authorization: Bearer …` unless they say otherwise. */
export const token: Verify<'token'> = async (request, secrets, { header, prefix }) => {
  const value = headerOf(request, header);
  if (typeof value !== 'string') return value;
  // The name of an authorization scheme is the same in any case (RFC 9110, 11.1).
  if (value.slice(0, prefix.length).toLowerCase() !== prefix.toLowerCase()) {
    return invalid('signature_malformed', `${header} does not begin with ${JSON.stringify(prefix)}`);
  }
  return matchText(value.slice(prefix.length), secrets);
};

/** `Authorization: Basic` with base64 of `user:password` in UTF-8 (RFC 7617); the password may hold colons. */
export const basic: Verify<'basic'> = async (request, secrets) => {
  const value = headerOf(request, 'authorization');
  if (typeof value !== 'string') return value;
  const [, encoded = ''] = /^basic +(\S+)$/i.exec(value) ?? [];
  const bytes = decodeBase64(encoded);
  const pair = bytes && bytes.length > 0 ? utf8Text(bytes) : null;
  if (pair === null || !pair.includes(':'))
    return invalid('signature_malformed', 'not base64 of user:password in UTF-8');
  return matchText(pair, secrets);
};

function utf8Text(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null; // not UTF-8
  }
}
