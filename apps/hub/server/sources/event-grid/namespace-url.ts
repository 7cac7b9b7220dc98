import { BlockList, isIP } from 'node:net';
import type { HubEnv } from '../../env.ts';

/** Where Azure's own namespaces are, in its public cloud and in those of the USA and of China. */
const azureSuffixes = ['.eventgrid.azure.net', '.eventgrid.azure.us', '.eventgrid.azure.cn'];

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8);
loopback.addAddress('::1', 'ipv6');

/**
 * Why the hub does not pull from this address, or null. It is a tenant's word, and the hub sends a credential there from
 * inside its own network: so it takes the names that Azure hands out, those that the installation allows, and nothing else.
 * What such a name resolves to is not looked at: with a private endpoint it is a private address by right.
 */
export function namespaceUrlFault(text: string, env: Pick<HubEnv, 'instance' | 'eventGridHosts'>): string | null {
  const url = URL.parse(text);
  if (!url) return 'not an address';
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '' || url.username !== '' || url.password !== '') {
    return 'give the address alone, such as https://orders.westeurope-1.eventgrid.azure.net';
  }
  // A machine's own addresses serve trials and tests alone.
  if (env.instance === 'development' && isLoopback(url.hostname)) return null;
  if (url.protocol !== 'https:') return 'begin it with https://';
  const known =
    azureSuffixes.some((suffix) => url.hostname.endsWith(suffix)) || env.eventGridHosts.includes(url.hostname);
  if (known && url.port === '') return null;
  return 'not a namespace of Azure; give its HTTP host name, or have the installation allow the host (NEXOMATIC_EVENT_GRID_HOSTS)';
}

function isLoopback(hostname: string): boolean {
  const address = hostname.replace(/^\[|\]$/g, '');
  const family = isIP(address);
  if (family === 0) return hostname === 'localhost';
  return loopback.check(address, family === 4 ? 'ipv4' : 'ipv6');
}
