import { type BoxPair, type Sealing, sealBytes } from './sealing.ts';

/**
 * A value of the Secrets store, as whoever sets it seals it to a key of the tenant and as the hub keeps it: a sealed box of
 * `nxs1`, a line of JSON that says whose value it is, and the value itself. A box that is moved to another tenant, name or
 * version says so when it is opened.
 */
export interface SecretPlace {
  /** Id of the tenant. */
  tenant: string;
  /** Name of the secret. */
  name: string;
  /** Number of this value: 1 for the first. */
  version: number;
}

const magic = 'nxs1\n';
const newLine = 10;
const encoder = new TextEncoder();

/** Seals a value, for nobody but the holder of the private key. */
export function sealSecret(
  sealing: Pick<Sealing, 'seal'>,
  publicKey: Uint8Array,
  place: SecretPlace,
  value: Uint8Array,
): Uint8Array {
  const head = headOf(place);
  const whole = new Uint8Array(head.length + value.length);
  whole.set(head);
  whole.set(value, head.length);
  const box = sealing.seal(whole, publicKey);
  whole.fill(0);
  return box;
}

const headOf = ({ tenant, name, version }: SecretPlace): Uint8Array =>
  encoder.encode(`${magic}${JSON.stringify({ tenant, name, version })}\n`);

/** Bytes of the value in a box of that length, for whoever can't open it. */
export const sealedSize = (place: SecretPlace, boxLength: number): number =>
  boxLength - sealBytes - headOf(place).length;

/** The value, and whose it says it is. Null for a box of another key, one that was changed, or one that holds no secret. */
export function openSecret(
  sealing: Pick<Sealing, 'open'>,
  pair: BoxPair,
  box: Uint8Array,
): (SecretPlace & { value: Uint8Array }) | null {
  const whole = sealing.open(box, pair);
  if (!whole) return null;
  const [start, end] = [magic.length, whole.indexOf(newLine, magic.length)];
  const place = end > start && startsWith(whole, magic) ? readPlace(whole.subarray(start, end)) : null;
  return place && { ...place, value: whole.subarray(end + 1) };
}

const startsWith = (bytes: Uint8Array, text: string): boolean =>
  encoder.encode(text).every((byte, at) => bytes[at] === byte);

function readPlace(line: Uint8Array): SecretPlace | null {
  try {
    const { tenant, name, version } = JSON.parse(new TextDecoder().decode(line)) as Partial<Record<string, unknown>>;
    if (typeof tenant !== 'string' || typeof name !== 'string' || typeof version !== 'number') return null;
    return { tenant, name, version };
  } catch {
    // Whoever sealed it wrote no JSON there.
    return null;
  }
}
