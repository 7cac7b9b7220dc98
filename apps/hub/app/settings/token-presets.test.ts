import { expect, test } from 'vitest';
import { presetOf, tokenPermissions, tokenPresets } from './token-presets.ts';

test('no preset holds more than a program may', () => {
  for (const { scopes } of tokenPresets) expect(tokenPermissions).toEqual(expect.arrayContaining([...(scopes ?? [])]));
});

test('read only changes nothing', () => {
  const scopes = tokenPresets.find(({ value }) => value === 'read')?.scopes ?? [];
  expect(scopes).toContain('events.read');
  expect(scopes.filter((scope) => !scope.endsWith('.read'))).toEqual([]);
});

test('scopes are told by their preset in any order, and by none where one is missing', () => {
  expect(presetOf(null)?.value).toBe('all');
  expect(presetOf(['events.fire'])?.value).toBe('fire');
  const read = tokenPermissions.filter((scope) => scope.endsWith('.read'));
  expect(presetOf(read.toReversed())?.value).toBe('read');
  expect(presetOf(read.slice(1))).toBeUndefined();
});
