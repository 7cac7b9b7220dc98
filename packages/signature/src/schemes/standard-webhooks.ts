import type { VerificationSecret } from '@nexomatic/contracts/verification';
import { decodeBase64 } from '../decode.ts';
import { utf8 } from '../mac.ts';
import { matchMacs } from './match-macs.ts';
import { headerOf, invalid, timestampFault, type Verdict, type Verify } from './scheme.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** Shorter keys can be guessed; the specification asks for 24 to 64 bytes. */
const minKeyBytes = 16;
/** An id that holds the separator could be moved into the time. */
const idForm = /^[^.\s]{1,255}$/;

/**
 * Standard Webhooks (github.com/standard-webhooks, spec 1.0): headers `webhook-id`, `-timestamp` and `-signature`, or Svix'
 * twins of them. Signed is `id.timestamp.body`; the signatures are a list, `v1,<base64>` by HMAC-SHA256 under a key
 * `whsec_<base64>` and `v1a,<base64>` by Ed25519 under `whpk_<base64>`. Other versions are passed over.
 */
export const standardWebhooks: Verify<'standard_webhooks'> = async (request, secrets, { toleranceSeconds }) => {
  const family =
    request.headers.get('webhook-id') === null && request.headers.get('svix-id') !== null ? 'svix' : 'webhook';
  const id = headerOf(request, `${family}-id`);
  if (typeof id !== 'string') return id;
  if (!idForm.test(id)) return invalid('signature_malformed', `${family}-id holds a dot or a space, or is too long`);
  const time = headerOf(request, `${family}-timestamp`);
  if (typeof time !== 'string') return time;
  const fault = timestampFault(time, request.receivedAt, toleranceSeconds);
  if (fault) return fault;
  const list = headerOf(request, `${family}-signature`);
  if (typeof list !== 'string') return list;
  const signatures = list.split(' ').map((entry) => entry.split(',', 2) as [string, string | undefined]);
  const ofVersion = (version: string) =>
    signatures.filter(([name]) => name === version).map(([, text]) => (text ? decodeBase64(text) : null));
  const signed = [utf8(`${id}.${time}.`), request.body];

  const symmetric = secrets.filter(({ value }) => !value.startsWith('whpk_'));
  const asymmetric = secrets.filter(({ value }) => value.startsWith('whpk_'));
  if (asymmetric.length > 0) {
    const verdict = await matchSignatures(ofVersion('v1a'), asymmetric, signed);
    if (verdict.outcome === 'valid' || symmetric.length === 0) return verdict;
  }
  return matchMacs({ algorithm: 'sha256', candidates: ofVersion('v1'), secrets: symmetric, keyOf, signed });
};

/** The key of a `whsec_…` secret; the prefix may be left out. */
export function keyOf(secret: string): Bytes | null {
  const key = decodeBase64(secret.startsWith('whsec_') ? secret.slice(6) : secret);
  return key !== null && key.length >= minKeyBytes ? key : null;
}

const maxSignatures = 20;

async function matchSignatures(
  candidates: (Bytes | null)[],
  secrets: VerificationSecret[],
  signed: Bytes[],
): Promise<Verdict> {
  const decoded = candidates.slice(0, maxSignatures).filter((candidate) => candidate?.length === 64);
  if (decoded.length === 0) return invalid('signature_malformed', 'no signature v1a of 64 bytes came');
  const text = new Uint8Array(await new Blob(signed).arrayBuffer());
  for (const { id, value } of secrets) {
    const raw = decodeBase64(value.slice(5));
    if (raw?.length !== 32) continue;
    const key = await crypto.subtle.importKey('raw', raw, 'Ed25519', false, ['verify']);
    for (const candidate of decoded) {
      if (candidate && (await crypto.subtle.verify('Ed25519', key, candidate, text)))
        return { outcome: 'valid', secretId: id };
    }
  }
  return invalid('signature_mismatch', 'no signature v1a matches a live public key');
}
