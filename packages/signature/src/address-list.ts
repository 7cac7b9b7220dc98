/** Parses an address of either family to 16 bytes; IPv4 as its mapped form, so that `::ffff:10.0.0.1` is 10.0.0.1. */
export function parseAddress(text: string): Uint8Array | null {
  const v4 = parseV4(text);
  if (v4) return Uint8Array.from([...new Array<number>(10).fill(0), 255, 255, ...v4]);
  if (!/^[0-9a-fA-F:.]{2,45}$/.test(text)) return null;
  const tail = /^(.*:)([0-9.]+)$/.exec(text);
  const dotted = tail?.[2]?.includes('.') ? parseV4(tail[2]) : undefined;
  if (dotted === null) return null;
  const [a = 0, b = 0, c = 0, d = 0] = dotted ?? [];
  const hex = dotted ? `${tail?.[1]}${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}` : text;
  const groups = expand(hex);
  return groups && Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 255]));
}

function parseV4(text: string): number[] | null {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part))) return null;
  const numbers = parts.map(Number);
  return numbers.every((number) => number <= 255) ? numbers : null;
}

/** The eight groups of an IPv6 address, with its one `::` filled in (RFC 4291, 2.2). */
function expand(text: string): number[] | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null;
  const groups = [...head, ...new Array<string>(halves.length === 1 ? 0 : missing).fill('0'), ...tail];
  return groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))
    ? groups.map((group) => Number.parseInt(group, 16))
    : null;
}

interface AddressRange {
  bytes: Uint8Array;
  bits: number;
}

/** A range in CIDR form (`10.0.0.0/8`, `2001:db8::/32`), or a single address; null for other text. */
export function parseRange(text: string): AddressRange | null {
  const [address = '', length, ...more] = text.split('/');
  const bytes = parseAddress(address);
  if (!bytes || more.length > 0) return null;
  const v4 = !address.includes(':');
  const longest = v4 ? 32 : 128;
  if (length !== undefined && !/^(0|[1-9]\d{0,2})$/.test(length)) return null;
  const bits = length === undefined ? longest : Number(length);
  return bits <= longest ? { bytes, bits: v4 ? bits + 96 : bits } : null;
}

/** Whether the address lies in one of the ranges. What is no address lies in none. */
export function isAllowed(address: string, ranges: readonly string[]): boolean {
  const bytes = parseAddress(address);
  if (!bytes) return false;
  return ranges.some((text) => {
    const range = parseRange(text);
    return range !== null && sharesPrefix(bytes, range);
  });
}

function sharesPrefix(address: Uint8Array, { bytes, bits }: AddressRange): boolean {
  for (let i = 0; i * 8 < bits; i++) {
    const mask = bits - i * 8 >= 8 ? 255 : (255 << (8 - (bits - i * 8))) & 255;
    if (((address[i] ?? 0) & mask) !== ((bytes[i] ?? 0) & mask)) return false;
  }
  return true;
}
