import { expect, test } from 'vitest';
import { passwordStrength } from './password-strength.ts';

test.each([
  ['', 0, ''],
  ['abc', 0, '3 of at least 8 characters'],
  ['\u{1f9ed}'.repeat(7), 0, '7 of at least 8 characters'],
  ['x'.repeat(129), 0, '129 characters; at most 128'],
  ['aaaaaaaaaaaaaaaa', 1, 'Weak: longer is better, several words are best'],
  ['abcdefghijklmnop', 1, 'Weak: longer is better, several words are best'],
  ['12345678', 1, 'Weak: longer is better, several words are best'],
  ['Vq7#mmTz', 2, 'Fair: a little longer would be better'],
  ['Vq7#mxTzw%2', 3, 'Good'],
  ['rusty bicycle', 3, 'Good'],
  ['seven rusty bicycles', 4, 'Strong'],
  ['correct horse battery staple', 4, 'Strong'],
])('"%s" has level %i', (text, level, word) => {
  expect(passwordStrength(text)).toEqual({ level, word });
});
