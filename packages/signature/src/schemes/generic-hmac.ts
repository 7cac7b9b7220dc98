import { decodeBase64, decodeBase64Url, decodeHex } from '../decode.ts';
import { utf8 } from '../mac.ts';
import { matchMacs } from './match-macs.ts';
import { headerOf, timestampFault, type Verify } from './scheme.ts';

const decoders = { hex: decodeHex, base64: decodeBase64, base64url: decodeBase64Url };
const keyDecoders = { text: utf8, hex: decodeHex, base64: decodeBase64 };

/** A MAC that the owner of the source describes: header, prefix, algorithm, encoding, and a template of what is signed. */
export const genericHmac: Verify<'hmac'> = async (request, secrets, settings) => {
  const { header, prefix, algorithm, encoding, keyEncoding, template, timestampHeader, idHeader } = settings;
  const value = headerOf(request, header);
  if (typeof value !== 'string') return value;
  const named = { timestamp: '', id: '' };
  for (const [name, source] of [
    ['timestamp', timestampHeader],
    ['id', idHeader],
  ] as const) {
    const found = source === null ? '' : headerOf(request, source);
    if (typeof found !== 'string') return found;
    named[name] = found;
  }
  if (timestampHeader !== null) {
    const fault = timestampFault(named.timestamp, request.receivedAt, settings.toleranceSeconds);
    if (fault) return fault;
  }
  const candidates = [value.startsWith(prefix) ? decoders[encoding](value.slice(prefix.length)) : null];
  const signed = template
    .split(/(\{(?:body|timestamp|id)\})/)
    .map((part) =>
      part === '{body}'
        ? request.body
        : utf8(part === '{timestamp}' ? named.timestamp : part === '{id}' ? named.id : part),
    );
  return matchMacs({ algorithm, candidates, secrets, keyOf: keyDecoders[keyEncoding], signed });
};
