import type { ErrorCode } from '@nexomatic/contracts/error-code';
import { defaultSourceSettings } from '@nexomatic/contracts/source-settings';

/** Where the requests go, and the key of a JSON source that exists there. */
export interface WebhookTarget {
  /** Without a slash at the end. */
  baseUrl: string;
  sourceKey: string;
}

export interface WebhookCase {
  /** What is sent, to go before "is answered with …". */
  name: string;
  expected: { accepted: true } | { code: ErrorCode; allow?: string };
  request(target: WebhookTarget): Request;
}

const { maxBodyBytes } = defaultSourceSettings.limits;
const json = { 'content-type': 'application/json' };
const ada = '{"name":"Ada"}';

const post = (headers: Record<string, string>, body: BodyInit) => (target: WebhookTarget) =>
  new Request(`${target.baseUrl}/h/${target.sourceKey}`, { method: 'POST', headers, body });
const postTo = (path: string | ((key: string) => string)) => (target: WebhookTarget) =>
  new Request(target.baseUrl + (typeof path === 'string' ? path : path(target.sourceKey)), {
    method: 'POST',
    headers: json,
    body: ada,
  });
const withMethod = (method: string) => (target: WebhookTarget) =>
  new Request(`${target.baseUrl}/h/${target.sourceKey}`, { method });

/** A JSON string of that many bytes. */
export const jsonOfSize = (bytes: number): string => `"${'x'.repeat(bytes - 2)}"`;

/** A body that says nothing of its length beforehand. */
export function streamOf(...chunks: Uint8Array[]): ReadableStream<Uint8Array> {
  let next = 0;
  return new ReadableStream({
    pull(controller) {
      const chunk = chunks[next++];
      if (chunk) controller.enqueue(chunk);
      else controller.close();
    },
  });
}

function postStream(...chunks: Uint8Array[]) {
  return (target: WebhookTarget) => {
    // Node asks for `duplex` where the body is a stream; the types don't know it.
    const init = { method: 'POST', headers: json, body: streamOf(...chunks), duplex: 'half' };
    return new Request(`${target.baseUrl}/h/${target.sourceKey}`, init as RequestInit);
  };
}

const accepted = { accepted: true } as const;
const notFound = { code: 'source_not_found' } as const;
const wrongMethod = { code: 'method_not_allowed', allow: 'POST, OPTIONS' } as const;
const half = new Uint8Array(maxBodyBytes / 2).fill(0x20);

/**
 * The answers that `/h/{sourceKey}` gives for what comes in, whoever mounts the handler: the Worker in front of a hub
 * and a hub itself run the same table.
 */
export const webhookCases: WebhookCase[] = [
  { name: 'a JSON body', expected: accepted, request: post(json, ada) },
  {
    name: 'a JSON body declared as UTF-8',
    expected: accepted,
    request: post({ 'content-type': 'application/json; charset="UTF-8"' }, ada),
  },
  {
    name: 'a JSON body that `curl -d` declares as a form',
    expected: accepted,
    request: post({ 'content-type': 'application/x-www-form-urlencoded' }, ada),
  },
  { name: 'a JSON body of exactly the cap', expected: accepted, request: post(json, jsonOfSize(maxBodyBytes)) },
  { name: 'a streamed JSON body', expected: accepted, request: postStream(new TextEncoder().encode(ada)) },
  { name: 'GET', expected: wrongMethod, request: withMethod('GET') },
  { name: 'PUT', expected: wrongMethod, request: withMethod('PUT') },
  { name: 'OPTIONS', expected: wrongMethod, request: withMethod('OPTIONS') },
  { name: 'a key that no source has', expected: notFound, request: postTo('/h/unknownunknownunknownunknownunkn') },
  { name: 'no key', expected: notFound, request: postTo('/h/') },
  { name: 'a key with a character too few', expected: notFound, request: postTo((key) => `/h/${key.slice(1)}`) },
  { name: 'a key in upper case', expected: notFound, request: postTo((key) => `/h/${key.toUpperCase()}`) },
  { name: 'a key with something after it', expected: notFound, request: postTo((key) => `/h/${key}/more`) },
  { name: 'a key with a NUL after it', expected: notFound, request: postTo((key) => `/h/${key}%00`) },
  { name: 'a key with a path in it', expected: notFound, request: postTo('/h/..%2f..%2fhealthz') },
  { name: 'a key of 10,000 characters', expected: notFound, request: postTo(`/h/${'a'.repeat(10_000)}`) },
  {
    name: 'a body declared as gzip',
    expected: { code: 'content_encoding_not_enabled' },
    request: post({ ...json, 'content-encoding': 'gzip' }, ada),
  },
  {
    name: 'a multipart body',
    expected: { code: 'unsupported_media_type' },
    request: post({ 'content-type': 'Multipart/form-data; boundary=x' }, '--x--'),
  },
  {
    name: 'a body declared as UTF-16',
    expected: { code: 'charset' },
    request: post({ 'content-type': 'application/json; charset=utf-16' }, ada),
  },
  {
    name: 'a body that declares one byte more than the cap',
    expected: { code: 'payload_too_large' },
    request: post(json, jsonOfSize(maxBodyBytes + 1)),
  },
  {
    name: 'a streamed body that grows past the cap',
    expected: { code: 'payload_too_large' },
    request: postStream(half, half, new Uint8Array(1)),
  },
  { name: 'an empty body', expected: { code: 'empty_body' }, request: post(json, '') },
  { name: 'a body that is not JSON', expected: { code: 'invalid_json' }, request: post(json, '{"name":') },
];
