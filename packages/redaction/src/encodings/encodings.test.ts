import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMasker } from '../masker.ts';

const ascii = (text: string, upper = false) =>
  text.replace(/[\x7f-\uffff]/g, (unit) => {
    const hex = unit.charCodeAt(0).toString(16).padStart(4, '0');
    return `\\u${upper ? hex.toUpperCase() : hex}`;
  });
const json = (text: string) => JSON.stringify(text).slice(1, -1);
const form = (text: string) => new URLSearchParams([['', text]]).toString().slice(1);
const base64 = (text: string | Uint8Array) => Buffer.from(text).toString('base64');
const html = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** What writers make of a text. Base64 that begins before the value is kept in part; all else must be gone whole. */
const encodings: Record<string, (text: string) => string> = {
  plain: (text) => text,
  'JSON, as JavaScript writes it': json,
  'JSON, as Python writes it': (text) => ascii(json(text)),
  'JSON, as PHP writes it': (text) => ascii(json(text)).replaceAll('/', '\\/'),
  'JSON, as Go writes it': (text) =>
    json(text).replaceAll('<', '\\u003c').replaceAll('>', '\\u003e').replaceAll('&', '\\u0026'),
  'JSON, as .NET writes it': (text) =>
    json(text)
      .replaceAll('\\"', '\\u0022')
      .replace(
        /['<>&+`\x7f-\uffff]/g,
        (unit) => `\\u${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
      ),
  'JSON inside JSON': (text) => json(json(text)),
  'URL, encodeURIComponent': encodeURIComponent,
  'URL, lower hex': (text) => encodeURIComponent(text).replace(/%../g, (code) => code.toLowerCase()),
  'URL, RFC 3986': (text) =>
    encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`),
  'URL, encodeURI': encodeURI,
  form,
  'HTML, named quotes': (text) => html(text).replaceAll('"', '&quot;').replaceAll("'", '&#39;'),
  'HTML, Python': (text) => html(text).replaceAll('"', '&quot;').replaceAll("'", '&#x27;'),
  'HTML, text only': html,
  'shell, single quotes': (text) => text.replaceAll("'", "'\\''"),
  'shell, double quotes': (text) => text.replace(/["\\$`]/g, '\\$&'),
  'repr, single quotes': (text) => text.replaceAll('\\', '\\\\').replaceAll("'", "\\'"),
  'inspect, as Node writes it': (text) => inspect(text).slice(1, -1),
  'PowerShell and SQL, single quotes': (text) => text.replaceAll("'", "''"),
  'base64 by itself': base64,
  'base64 after one byte': (text) => base64(`:${text}`),
  'base64 after two bytes': (text) => base64(`a:${text}`),
  'base64 before more': (text) => base64(`${text}tail`),
  base64url: (text) => Buffer.from(text).toString('base64url'),
  'base64 of UTF-16, as PowerShell takes it': (text) => base64(Buffer.from(text, 'utf16le')),
  'hex, lower': (text) => Buffer.from(text).toString('hex'),
  'hex, upper': (text) => Buffer.from(text).toString('hex').toUpperCase(),
  'UTF-16LE': (text) => Buffer.from(text, 'utf16le').toString('latin1'),
  'UTF-16BE': (text) => Buffer.from(text, 'utf16le').swap16().toString('latin1'),
};

const secrets = [
  'hunter',
  'Password123!',
  'Pass word 123!',
  'ghp_16C7e42F292c6912E7710c838347Ae178B4a',
  'sk_live_51H8xQ2eZvKYlo2C0',
  'AKIAIOSFODNN7EXAMPLE',
  'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  'p@$$w0rd`&<>"quoted\'both"',
  "it's a 'secret'",
  'back\\slash\\\\es',
  'tab\tand more',
  'ünïcödé-pässwörd',
  'пароль-секрет',
  '密码是很长的一个',
  'emoji 🔑🔒 key',
  'a+b/c=d?e#f%g',
  '$(rm -rf ~) `id` !!',
  'postgres://ada:s3cr3t@db.example:5432/app?ssl=true',
  '{"user":"ada","password":"it\'s"}',
  '~!@#$%^&*()_+-=[]{}|;:,./<>?',
];

/** As bytes; what is no text stands there as Latin-1. */
const wire = (name: string, text: string): Buffer =>
  Buffer.concat([
    Buffer.from('before '),
    Buffer.from(text, name.startsWith('UTF-16') ? 'latin1' : 'utf8'),
    Buffer.from(' after'),
  ]);

function through(secret: string, writes: Uint8Array[]): string {
  const stream = createMasker([Buffer.from(secret)]).openStream();
  return Buffer.concat([...writes.map((write) => stream.push(write)), stream.end()]).toString('latin1');
}

const bytewise = (bytes: Buffer): Buffer[] => Array.from(bytes, (byte) => Buffer.from([byte]));

function randomly(bytes: Buffer, seed: number): Buffer[] {
  const cuts = fc.sample(fc.array(fc.nat(bytes.length), { maxLength: 8 }), { numRuns: 1, seed })[0] ?? [];
  const places = [0, ...cuts.sort((a, b) => a - b), bytes.length];
  return places.slice(1).map((end, index) => Buffer.from(bytes.subarray(places[index], end)));
}

describe.each(Object.entries(encodings))('%s', (name, encode) => {
  const gone = name.startsWith('base64')
    ? /^before [\w+/-]{0,4}\*\*\*[\w+/-]{0,6}={0,2} after$/
    : /^before \*\*\* after$/;

  it.each(secrets)('%s is masked in one write, byte by byte and in random writes', (secret) => {
    const bytes = wire(name, encode(secret));
    const outputs = [[Buffer.from(bytes)], bytewise(bytes), randomly(bytes, 1), randomly(bytes, 2)].map((writes) =>
      through(secret, writes),
    );
    expect(outputs[0]).toMatch(gone);
    expect(new Set(outputs).size).toBe(1);
  });
});

it('covers at least 25 encodings of 20 secrets', () => {
  expect(Object.keys(encodings).length).toBeGreaterThanOrEqual(25);
  expect(secrets.length).toBeGreaterThanOrEqual(20);
});
