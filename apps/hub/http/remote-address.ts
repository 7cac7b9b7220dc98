import { BlockList, isIP } from 'node:net';

/** The proxies whose word is taken; null when there are none, as it is for a hub that is reached directly. */
export function proxyList(trusted: readonly string[]): BlockList | null {
  if (trusted.length === 0) return null;
  const list = new BlockList();
  for (const text of trusted) {
    const [address = '', bits] = text.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}

/**
 * Whom a request is from. What stands in `X-Forwarded-For` is anybody's word, but each trusted proxy adds at the right end
 * whom it heard from: so from the right, the first one that is no trusted proxy.
 */
export function clientAddress(peer: string, forwardedFor: string | null, proxies: BlockList | null): string {
  if (!proxies || !isTrusted(proxies, peer)) return peer;
  const hops = (forwardedFor ?? '').split(',').map((hop) => plain(hop.trim()));
  for (const hop of hops.reverse()) {
    // A proxy that writes no address is believed no further.
    if (isIP(hop) === 0) return peer;
    if (!isTrusted(proxies, hop)) return hop;
  }
  return hops.at(-1) ?? peer;
}

function isTrusted(proxies: BlockList, address: string): boolean {
  const text = plain(address);
  const family = isIP(text);
  return family !== 0 && proxies.check(text, family === 6 ? 'ipv6' : 'ipv4');
}

/** An IPv4 address that reached an IPv6 socket is written with a prefix. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '');
