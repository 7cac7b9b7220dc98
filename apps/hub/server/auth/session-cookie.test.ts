import { expect, test } from 'vitest';
import { clearSessionCookie, readSessionCookie, sessionCookie } from './session-cookie.ts';

const https = { publicUrl: 'https://nx.example.com' };
const http = { publicUrl: 'http://localhost:4600' };
const token = 'abcdefghijklmnopqrstuvwxyz0123456789-_ABCDE';

test('behind https the cookie is Secure and bound to the host', () => {
  expect(sessionCookie(https, token)).toBe(
    `__Host-nx=${token}; Path=/; Max-Age=604800; HttpOnly; SameSite=Lax; Secure`,
  );
});

test('on plain http the cookie has another name and is not Secure', () => {
  expect(sessionCookie(http, token)).toBe(`nx=${token}; Path=/; Max-Age=604800; HttpOnly; SameSite=Lax`);
});

test('clearing it ends it at once', () => {
  expect(clearSessionCookie(https)).toBe('__Host-nx=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure');
});

test('the token is found among other cookies', () => {
  expect(readSessionCookie(https, `a=1; __Host-nx=${token}; b=2`)).toBe(token);
});

test.each([
  ['no cookie at all', null],
  ['only others', 'a=1; xnx=2'],
  ['one that a page of plain http could have set', `nx=${token}`],
  ['two of its name', `__Host-nx=${token}; __Host-nx=${token}`],
  ['an empty one', '__Host-nx='],
  ['one of another form', '__Host-nx=abc'],
  ['one of 8 KB', `__Host-nx=${'a'.repeat(8192)}`],
])('with %s there is no session', (_, header) => {
  expect(readSessionCookie(https, header)).toBeNull();
});
