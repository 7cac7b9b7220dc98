import { expect, test } from 'vitest';
import { clientAddress, proxyList } from './remote-address.ts';

const proxies = proxyList(['10.0.0.5', '192.168.0.0/16', 'fd00::/8']);

test.each([
  ['nobody between', '203.0.113.9', null, '203.0.113.9'],
  ['a header that a sender wrote', '203.0.113.9', '198.51.100.1', '203.0.113.9'],
  ['one proxy', '10.0.0.5', '198.51.100.1', '198.51.100.1'],
  ['a proxy on an IPv6 socket', '::ffff:10.0.0.5', '198.51.100.1', '198.51.100.1'],
  ['two proxies', '10.0.0.5', '198.51.100.1, 192.168.7.7', '198.51.100.1'],
  ['a proxy and what the sender wrote before it', '10.0.0.5', '127.0.0.1, 198.51.100.1', '198.51.100.1'],
  ['IPv6 through a proxy', 'fd00::1', '2001:db8::7', '2001:db8::7'],
  ['a proxy that writes nothing', '10.0.0.5', null, '10.0.0.5'],
  ['a proxy that writes nonsense', '10.0.0.5', '198.51.100.1, unknown', '10.0.0.5'],
  ['proxies alone', '10.0.0.5', '192.168.1.1', '192.168.1.1'],
])('with %s the request is from the one who sent it', (_what, peer, forwardedFor, from) => {
  expect(clientAddress(peer, forwardedFor, proxies)).toBe(from);
});

test('without trusted proxies nobody is believed', () => {
  expect(clientAddress('10.0.0.5', '198.51.100.1', proxyList([]))).toBe('10.0.0.5');
});
