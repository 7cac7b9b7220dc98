import { expect, test } from 'vitest';
import { readEnv } from './env.ts';

const good = {
  HUB_URL: 'https://hub.example.com/nexomatic',
  EDGE_KEY_ID: 'k1',
  EDGE_KEY: '8c1f0a6be2d94735'.repeat(4),
};

test('a whole environment is read', () => {
  const read = readEnv(good);
  if (read.outcome !== 'valid') throw new Error(read.faults.join());
  expect(read.env.hubUrl).toBe(good.HUB_URL);
  expect(read.env.key.keyId).toBe('k1');
});

test('every fault is named at once', () => {
  expect(readEnv({})).toEqual({
    outcome: 'invalid',
    faults: ['HUB_URL is missing', 'EDGE_KEY_ID is missing', 'EDGE_KEY is missing'],
  });
});

test.each([
  ['an address without a scheme', { HUB_URL: 'hub.example.com' }, 'HUB_URL is not an http or https address'],
  ['an address of another scheme', { HUB_URL: 'ftp://hub.example.com' }, 'HUB_URL is not an http or https address'],
  ['an empty key id', { EDGE_KEY_ID: '' }, 'EDGE_KEY_ID is not 1 to 64 letters, digits and . _ -'],
  ['a key id with a line break', { EDGE_KEY_ID: 'a\nb' }, 'EDGE_KEY_ID is not 1 to 64 letters, digits and . _ -'],
  ['a short key', { EDGE_KEY: 'ab'.repeat(31) }, 'EDGE_KEY is not 64 hex digits'],
])('%s is refused without its value', (_, change, fault) => {
  expect(readEnv({ ...good, ...change })).toEqual({ outcome: 'invalid', faults: [fault] });
});

test.each([
  ['the published test vector', '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f'],
  ['one repeated byte', 'AB'.repeat(32)],
])('the key of %s is refused', (_, EDGE_KEY) => {
  expect(readEnv({ ...good, EDGE_KEY })).toEqual({
    outcome: 'invalid',
    faults: ['EDGE_KEY is a key that anybody can guess; make one with `openssl rand -hex 32`'],
  });
});
