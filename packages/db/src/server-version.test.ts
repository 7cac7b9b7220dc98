import { expect, test } from 'vitest';
import { assertSupported, parseServerVersion } from './server-version.ts';

test.each([
  ['10.11.19-MariaDB-0+deb12u1', { flavour: 'mariadb', version: '10.11.19' }],
  ['5.5.5-10.6.12-MariaDB', { flavour: 'mariadb', version: '10.6.12' }],
  ['11.8.3-MariaDB-ubu2404', { flavour: 'mariadb', version: '11.8.3' }],
  ['8.4.3', { flavour: 'mysql', version: '8.4.3' }],
  ['8.0.40-0ubuntu0.24.04.1', { flavour: 'mysql', version: '8.0.40' }],
])('a server that says %s is understood', (text, expected) => {
  expect(parseServerVersion(text)).toEqual(expected);
});

test('a version without numbers is refused, and quoted', () => {
  expect(() => parseServerVersion('unknown')).toThrow('a version that is not understood: unknown');
});

test.each([['10.11.0-MariaDB'], ['11.4.2-MariaDB'], ['12.0.1-MariaDB'], ['8.0.16'], ['8.4.0'], ['9.1.0']])(
  '%s is new enough',
  (text) => {
    expect(() => assertSupported(parseServerVersion(text))).not.toThrow();
  },
);

test.each([
  ['10.6.12-MariaDB', 'MariaDB 10.6.12 is too old: MariaDB 10.11.0 or newer is needed'],
  ['5.7.44', 'MySQL 5.7.44 is too old: MySQL 8.0.16 or newer is needed'],
  ['8.0.15', 'MySQL 8.0.15 is too old: MySQL 8.0.16 or newer is needed'],
])('%s is refused, and told what is needed', (text, message) => {
  expect(() => assertSupported(parseServerVersion(text))).toThrow(message);
});
