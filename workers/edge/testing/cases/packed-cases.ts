import type { WebhookCase } from '../webhook-case.ts';
import { ada, json, post, source } from './requests.ts';

const unpacks = source({ content: { decompress: true } });
const signed = (signedAs: 'wire' | 'decoded') =>
  source({ verification: { scheme: 'github' }, content: { decompress: true, signedAs } }, 'k');
const bytes = (base64: string) => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));

/** `{"name":"Ada"}`, packed. */
const packedAda = {
  gzip: bytes('H4sIAAAAAAAAA6tWykvMTVWyUnJMSVSqBQAFcvopDgAAAA=='),
  deflate: bytes('eJyrVspLzE1VslJyTElUqgUAIc8EYg=='),
  br: bytes('iwaAeyJuYW1lIjoiQWRhIn0D'),
};
/** 64 MiB of NUL in 53 bytes. */
const bomb = bytes('z///f/gnAOKxQCD3/p/////wTwDEYQGA7v0/////4Z8AiMMiAN37//z//8c/ARCHBQC69/8=');
/** MACs under the key `k`: of the packed bytes, and of what they unpack to. */
const overWire = 'sha256=756d0ea360c77b6d35087c8741a930745701cb26b9af44800f69f428408bd508';
const overDecoded = 'sha256=6273477a0e85ec0118c4485d188b488219211536429fa9a734e55d50183fcb9e';

const gzip = { ...json, 'content-encoding': 'gzip' };
const mismatch = { code: 'signature_invalid', cause: 'signature_mismatch' } as const;

/** Compressed bodies. */
export const packedCases: WebhookCase[] = [
  {
    name: 'a body declared as gzip, where it is not enabled',
    expected: { code: 'content_encoding_not_enabled' },
    request: post(gzip, packedAda.gzip),
  },
  ...Object.entries(packedAda).map(
    ([encoding, packed]): WebhookCase => ({
      name: `a body packed by ${encoding}`,
      source: unpacks,
      expected: { accepted: true, body: ada },
      request: post({ ...json, 'content-encoding': encoding }, packed),
    }),
  ),
  {
    name: 'a body packed in a way that is not known',
    source: unpacks,
    expected: { code: 'content_encoding_not_enabled' },
    request: post({ ...json, 'content-encoding': 'zstd' }, ada),
  },
  {
    name: 'a body that is declared as gzip and is not',
    source: unpacks,
    expected: { code: 'unsupported_media_type' },
    request: post(gzip, ada),
  },
  {
    name: 'a body that is cut off before it is unpacked whole',
    source: unpacks,
    expected: { code: 'unsupported_media_type' },
    request: post(gzip, packedAda.gzip.slice(0, 20)),
  },
  {
    name: 'a body of 53 bytes that unpacks to 64 MiB',
    source: unpacks,
    expected: { code: 'decoded_too_large' },
    request: post({ ...json, 'content-encoding': 'br' }, bomb),
  },
  {
    name: 'a packed body that was signed as it travels',
    source: signed('wire'),
    expected: { accepted: true, secret: 0, body: ada },
    request: post({ ...gzip, 'x-hub-signature-256': overWire }, packedAda.gzip),
  },
  {
    name: 'a packed body that was signed as it unpacks',
    source: signed('decoded'),
    expected: { accepted: true, secret: 0, body: ada },
    request: post({ ...gzip, 'x-hub-signature-256': overDecoded }, packedAda.gzip),
  },
  {
    name: 'a packed body that was signed the other way',
    source: signed('wire'),
    expected: mismatch,
    request: post({ ...gzip, 'x-hub-signature-256': overDecoded }, packedAda.gzip),
  },
];
