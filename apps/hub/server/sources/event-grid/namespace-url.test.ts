import { expect, test } from 'vitest';
import { namespaceUrlFault } from './namespace-url.ts';

const production = { instance: 'production', eventGridHosts: ['events.example.com'] } as const;
const development = { instance: 'development', eventGridHosts: [] as string[] } as const;
const faultAt = (text: string) =>
  namespaceUrlFault(text, { ...production, eventGridHosts: [...production.eventGridHosts] });

test.each([
  'https://orders.westeurope-1.eventgrid.azure.net',
  'https://orders.westeurope-1.eventgrid.azure.net/',
  'https://orders.usgovvirginia-1.eventgrid.azure.us',
  'https://ORDERS.chinaeast2-1.eventgrid.azure.cn',
  'https://events.example.com',
])('a namespace of Azure, or a host that the installation allows, is taken: %s', (text) => {
  expect(faultAt(text)).toBeNull();
});

test.each([
  'http://orders.westeurope-1.eventgrid.azure.net',
  'https://orders.westeurope-1.eventgrid.azure.net:8443',
  'https://orders.westeurope-1.eventgrid.azure.net/topics',
  'https://orders.westeurope-1.eventgrid.azure.net/?a=b',
  'https://orders.westeurope-1.eventgrid.azure.net@evil.example',
  'https://user:word@orders.westeurope-1.eventgrid.azure.net',
  'https://eventgrid.azure.net.evil.example',
  'https://evileventgrid.azure.net',
  'https://sub.events.example.com',
  'https://169.254.169.254',
  'https://10.0.0.1',
  'https://localhost',
  'http://127.0.0.1:8080',
  'https://[::1]',
  'https://2130706433',
  'ftp://orders.westeurope-1.eventgrid.azure.net',
  'nonsense',
])('any other address is refused, above all one of the hub’s own network: %s', (text) => {
  expect(faultAt(text)).toEqual(expect.any(String));
});

test('a development hub pulls from its own machine, and from no other of its network', () => {
  const taken = ['http://127.0.0.1:8080', 'http://localhost:1', 'http://[::1]:8080'];
  expect(taken.map((text) => namespaceUrlFault(text, development))).toEqual([null, null, null]);
  for (const text of [
    'http://10.0.0.1',
    'http://192.168.1.1:80',
    'https://169.254.169.254',
    'http://localhost.evil.example',
  ]) {
    expect(namespaceUrlFault(text, development)).toEqual(expect.any(String));
  }
});
