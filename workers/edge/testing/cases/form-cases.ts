import type { Expected, WebhookCase } from '../webhook-case.ts';
import { ada, json, jsonOfSize, maxBodyBytes, post, postStream, postTo, source, withMethod } from './requests.ts';

const accepted: Expected = { accepted: true };
const notFound: Expected = { code: 'source_not_found', by: 'form' };
const wrongMethod: Expected = {
  code: 'method_not_allowed',
  headers: { allow: 'POST, OPTIONS' },
  by: 'form',
};
const half = new Uint8Array(maxBodyBytes / 2).fill(0x20);
const small = source({ limits: { maxBodyBytes: 1_024 } });

/** Addresses, methods, types and sizes: what is decided before a word of the body is read. */
export const formCases: WebhookCase[] = [
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
  {
    name: 'a streamed body to a key that no source has',
    expected: notFound,
    request: ({ baseUrl }) => postStream(half, half)({ baseUrl, sourceKey: 'unknownunknownunknownunknownunkn' }),
  },
  {
    name: 'a streamed body of a type that is not taken',
    expected: { code: 'unsupported_media_type' },
    request: (target) => {
      const sent = postStream(half, half)(target);
      sent.headers.set('content-type', 'multipart/form-data; boundary=x');
      return sent;
    },
  },
  { name: 'no key', expected: notFound, request: postTo('/h/') },
  { name: 'a key with a character too few', expected: notFound, request: postTo((key) => `/h/${key.slice(1)}`) },
  { name: 'a key in upper case', expected: notFound, request: postTo((key) => `/h/${key.toUpperCase()}`) },
  { name: 'a key with something after it', expected: notFound, request: postTo((key) => `/h/${key}/more`) },
  { name: 'a key with a NUL after it', expected: notFound, request: postTo((key) => `/h/${key}%00`) },
  { name: 'a key with a path in it', expected: notFound, request: postTo('/h/..%2f..%2fhealthz') },
  { name: 'a key of 10,000 characters', expected: notFound, request: postTo(`/h/${'a'.repeat(10_000)}`) },
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
  {
    name: 'a body past the smaller cap of its source',
    source: small,
    expected: { code: 'payload_too_large' },
    request: post(json, jsonOfSize(1_025)),
  },
  {
    name: 'a body of the smaller cap of its source',
    source: small,
    expected: accepted,
    request: post(json, jsonOfSize(1_024)),
  },
  {
    name: 'a body within the larger cap of its source',
    source: source({ limits: { maxBodyBytes: 2 * maxBodyBytes } }),
    expected: accepted,
    request: post(json, jsonOfSize(maxBodyBytes + 1)),
  },
  {
    name: '200 headers',
    expected: { code: 'header_too_large' },
    request: post({ ...json, ...Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`x-${n}`, 'y'])) }, ada),
  },
];
