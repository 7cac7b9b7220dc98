import { expect, test } from 'vitest';
import { hashToken, newSourceKey, newToken } from './tokens.ts';

test('a token says what it opens and holds 256 random bits', () => {
  expect(newToken('apiToken')).toMatch(/^nxt_[A-Za-z0-9_-]{43}$/);
  expect(newToken('sink')).toMatch(/^nxs_[A-Za-z0-9_-]{43}$/);
  expect(newToken('loginLink')).toMatch(/^nxl_[A-Za-z0-9_-]{43}$/);
});

test('a source key is 32 characters of base32, and no two are alike', () => {
  const keys = Array.from({ length: 200 }, newSourceKey);
  for (const key of keys) expect(key).toMatch(/^[a-z2-7]{32}$/);
  expect(new Set(keys).size).toBe(200);
  expect(new Set(keys.join('')).size).toBe(32);
});

test('what is stored of a token is its SHA-256', () => {
  expect(hashToken('abc').toString('hex')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});
