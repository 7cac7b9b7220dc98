import { decodeBase64, decodeHex } from '../decode.ts';
import { sameBytes, sha256, utf8 } from '../mac.ts';
import { matchMacs } from './match-macs.ts';
import { headerOf, invalid, type SignedRequest, type Verdict, type Verify } from './scheme.ts';

/**
 * X-Twilio-Signature: base64 of HMAC-SHA1 over the address and, for a form, each parameter's name and values in the order
 * of the names. A JSON body is vouched for by `bodySHA256` in the address. Source: twilio.com "Webhooks security".
 *
 * The sender is not of one mind about the port and the query's encoding, so that four spellings of the address are tried, as
 * in its own library (twilio-node, `src/webhooks/webhooks.ts`).
 */
export const twilio: Verify<'twilio'> = async (request, secrets) => {
  const value = headerOf(request, 'x-twilio-signature');
  if (typeof value !== 'string') return value;
  const url = new URL(request.url);
  const declared = url.searchParams.get('bodySHA256');
  let parameters = '';
  if (declared === null) parameters = formText(request);
  else {
    const hash = decodeHex(declared);
    if (hash === null || !sameBytes(hash, await sha256(request.body))) {
      return invalid('signature_mismatch', 'bodySHA256 in the address is not the hash of the body');
    }
  }
  let verdict: Verdict = invalid('signature_mismatch', 'no spelling of the address matches');
  for (const address of spellings(url)) {
    const candidates = [decodeBase64(value)];
    const signed = [utf8(address + parameters)];
    verdict = await matchMacs({ algorithm: 'sha1', candidates, secrets, keyOf: utf8, signed });
    if (verdict.outcome === 'valid' || verdict.cause !== 'signature_mismatch') return verdict;
  }
  return verdict;
};

/** Names in order, each with its values: the same value twice counts once, several stand in order. */
function formText({ body, headers }: SignedRequest): string {
  if (!/^application\/x-www-form-urlencoded\b/i.test(headers.get('content-type') ?? '')) return '';
  const form = new URLSearchParams(new TextDecoder().decode(body));
  const names = [...new Set(form.keys())].sort();
  return names
    .map((name) =>
      [...new Set(form.getAll(name))]
        .sort()
        .map((value) => name + value)
        .join(''),
    )
    .join('');
}

function spellings(url: URL): string[] {
  const without = new URL(url);
  without.port = '';
  const withPort = (address: URL): string => {
    if (address.port !== '') return address.href;
    const port = address.protocol === 'https:' ? 443 : 80;
    return address.href.replace(address.host, `${address.host}:${port}`);
  };
  const plain = [without.href, withPort(url)];
  return [...new Set([...plain, ...plain.map(legacyQuery)])];
}

/** The query decoded and encoded again, the way the older signer wrote it. */
function legacyQuery(address: string): string {
  const at = address.indexOf('?');
  if (at < 0) return address;
  const pairs = [...new URLSearchParams(address.slice(at + 1))];
  return `${address.slice(0, at)}?${pairs.map((pair) => pair.map(encodeURIComponent).join('=')).join('&')}`;
}
