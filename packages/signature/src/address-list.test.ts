import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isAllowed, parseAddress, parseRange } from './address-list.ts';

test.each([
  ['10.1.2.3', '10.0.0.0/8', true],
  ['::ffff:10.0.0.1', '10.0.0.0/8', true],
  ['::ffff:a00:1', '10.0.0.0/8', true],
  ['10.0.0.1', '::ffff:10.0.0.0/104', true],
  ['11.0.0.1', '10.0.0.0/8', false],
  ['192.168.1.129', '192.168.1.128/25', true],
  ['192.168.1.127', '192.168.1.128/25', false],
  ['203.0.113.7', '203.0.113.7', true],
  ['2001:db8::7', '2001:db8::/32', true],
  ['2001:DB8:0:0:0:0:0:7', '2001:db8::7/128', true],
  ['2001:db9::7', '2001:db8::/32', false],
  ['10.0.0.1', '::/0', true],
  ['2001:db8::7', '0.0.0.0/0', false],
])('%s is in %s: %s', (address, range, allowed) => {
  expect(isAllowed(address, [range])).toBe(allowed);
});

test.each([
  '',
  'localhost',
  '10.0.0',
  '10.0.0.256',
  '010.0.0.1',
  '1.2.3.4.5',
  ':::',
  '1::2::3',
  'fe80::1%eth0',
  '12345::',
])('%j is no address', (text) => {
  expect(parseAddress(text)).toBeNull();
  expect(isAllowed(text, ['0.0.0.0/0', '::/0'])).toBe(false);
});

test.each(['10.0.0.0/33', '::/129', '10.0.0.0/', '10.0.0.0/08', '10.0.0.0/8/8', '/8'])('%j is no range', (text) => {
  expect(parseRange(text)).toBeNull();
});

test('every address is in the range of any length that begins with it', () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), fc.nat(32), (address, bits) => {
      expect(isAllowed(address, [`${address}/${bits}`])).toBe(true);
    }),
  );
});
