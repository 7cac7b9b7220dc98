import { newId } from '@nexomatic/contracts/id';
import { type Release, releaseBoxMs, writeRelease } from '@nexomatic/contracts/release-box';
import { noble } from '@nexomatic/sealing/noble';
import { expect, test } from 'vitest';
import { openRelease } from './open-release.ts';

const now = 1_700_000_000_000;
const pair = noble.newPair();
const about = { purpose: 'attempt 2', sink: newId('sink'), expiresAt: now + releaseBoxMs };
const value = (text: string): Uint8Array => new TextEncoder().encode(text);
const secret = (key: string, text: string) => ({ key, name: key.toUpperCase(), version: 1, value: value(text) });
const box = (given: Partial<Release> = {}): Uint8Array =>
  noble.seal(writeRelease({ ...about, secrets: [secret('token', 'hunter2 ключ')], ...given }), pair.publicKey);
const wanted = { purpose: about.purpose, keys: ['token'], sinkId: about.sink, now };

test('a box for this attempt on this sink gives its values by key, with whichever pair opens it', () => {
  const opened = openRelease(box(), [noble.newPair(), pair], wanted);
  expect(opened?.texts).toEqual({ token: 'hunter2 ключ' });
  expect(opened?.values).toEqual([value('hunter2 ключ')]);
});

test('wiped values are overwritten', () => {
  const opened = openRelease(box(), [pair], wanted);
  opened?.wipe();
  expect(opened?.values).toEqual([new Uint8Array(value('hunter2 ключ').length)]);
});

test('a box that is sealed to another key opens with none', () => {
  expect(openRelease(box(), [noble.newPair()], wanted)).toBeNull();
});

test.each<[string, Partial<Release>, string]>([
  ['another attempt', { purpose: 'attempt 3' }, 'was made for something else, or for another sink'],
  ['another sink', { sink: newId('sink') }, 'was made for something else, or for another sink'],
  ['an hour ago', { expiresAt: now - 3_600_000 }, 'has expired: is the clock of this machine right?'],
  ['other secrets', { secrets: [secret('other', 'x')] }, 'does not hold the secrets that were asked for'],
  ['fewer secrets', { secrets: [] }, 'does not hold the secrets that were asked for'],
])('a box for %s is refused, and the refusal tells no value', (_, given, fault) => {
  expect(() => openRelease(box(given), [pair], wanted)).toThrow(`what the hub sent as secrets ${fault}`);
});

test('a sealed text of another kind is refused', () => {
  const other = noble.seal(value('nxs1\n{"tenant":"t"}\nhunter2'), pair.publicKey);
  expect(() => openRelease(other, [pair], wanted)).toThrow('is not of the form that it has to have');
});
