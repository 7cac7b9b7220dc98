import { expect, test } from 'vitest';
import { checkNewPassword } from './check-new-password.ts';

const ada = { email: 'ada.lovelace@example.com', name: 'Ada Lovelace' };

function faultOf(password: string): string | null {
  try {
    checkNewPassword(password, ada);
    return null;
  } catch (error) {
    expect(error).toMatchObject({ code: 'unprocessable', facts: { errors: [{ path: 'password' }] } });
    return (error as { facts: { errors: { message: string }[] } }).facts.errors[0]?.message ?? '';
  }
}

test.each([
  'correct horse battery staple',
  'Vq7#mmTz',
  '        8',
  'ｐａｓｓｗｏｒｄｓ ok',
  '\u{1f9ed}\u{1f30a}\u{26f5}\u{1f41f}\u{1f99e}\u{1f3dd}\u{1f334}\u{1f40b}',
  'x7'.repeat(64).replace(/^x/, 'y'),
  'my mother lives in lisbon',
])('"%s" can be used', (password) => {
  expect(faultOf(password)).toBeNull();
});

test.each([
  ['', 0],
  ['Vq7#mmT', 7],
  ['\u{1f9ed}'.repeat(7), 7],
  [`${'v7'.repeat(64)}x`, 129],
  ['v'.repeat(1_000_000), 1_000_000],
])('a password of too few or too many characters is refused with their number', (password, length) => {
  expect(faultOf(password)).toBe(`A password has 8 to 128 characters. This one has ${length}.`);
});

test.each([
  'password',
  'Password1',
  'P@ssw0rd!!',
  '12345678',
  '87654321',
  'qwertyuiop',
  'Qwerty123',
  'letmein2026!',
  'aaaaaaaa',
  '12121212',
  'iloveyou',
  'passwordpassword',
  'nexomatic',
  'Nexomatic2026',
  'changeme',
  '!!summer2026',
  'zxcvbnm,./',
])('"%s" is among the first that are guessed', (password) => {
  expect(faultOf(password)).toBe('This is one of the most used passwords, which are tried first; choose another.');
});

test.each(['ada.lovelace@example.com', 'ADA.LOVELACE', 'Ada Lovelace', 'adalovelace'])(
  '"%s" is what everybody knows of this person',
  (password) => {
    expect(faultOf(password)).toBe('Your name or address is the first thing tried; choose another.');
  },
);
