import * as z from 'zod';
import { idSchema } from './id.ts';

/**
 * What the hub seals to a sink's X25519 key when it gives out secrets, once it is opened:
 *
 *     nxv1\n
 *     {"purpose":…,"sink":…,"expiresAt":…,"secrets":[{"key":…,"name":…,"version":…,"bytes":n},…]}\n
 *     the values, one after the other, n bytes each
 *
 * The header binds it to one purpose on one sink, so that a box that is played again elsewhere or later is worth nothing there.
 * Values are bytes and not texts, so that whoever holds them can overwrite them.
 */

/** How long a box may be opened; both ends read their own clocks, so it is generous. */
export const releaseBoxMs = 60_000;

const firstLine = 'nxv1\n';
const newline = 0x0a;

const releaseHeader = z.object({
  purpose: z.string(),
  sink: idSchema('sink'),
  /** Milliseconds since the epoch, by the hub's clock. */
  expiresAt: z.int(),
  secrets: z.array(
    z.object({
      key: z.string(),
      name: z.string(),
      version: z.int().positive(),
      bytes: z.int().nonnegative(),
    }),
  ),
});
export type ReleaseHeader = z.infer<typeof releaseHeader>;

/** What the secrets of an attempt are sealed for. */
export const attemptPurpose = ({ eventId, attempt }: { eventId: string; attempt: number }): string =>
  `attempt ${attempt} of ${eventId}`;
/** What a secret is sealed for that a sink is to try to open. */
export const checkPurpose = (checkId: string): string => `check ${checkId}`;

/** A released secret; `key` is the parameter that names it. */
export interface ReleasedValue {
  key: string;
  name: string;
  version: number;
  value: Uint8Array;
}

export interface Release extends Omit<ReleaseHeader, 'secrets'> {
  secrets: ReleasedValue[];
}

const encoder = new TextEncoder();

/** The bytes to seal; whoever makes them overwrites them afterwards. */
export function writeRelease({ secrets, ...about }: Release): Uint8Array {
  const header: ReleaseHeader = {
    ...about,
    secrets: secrets.map(({ value, ...secret }) => ({ ...secret, bytes: value.length })),
  };
  const head = encoder.encode(`${firstLine}${JSON.stringify(header)}\n`);
  const whole = new Uint8Array(secrets.reduce((sum, { value }) => sum + value.length, head.length));
  whole.set(head);
  let at = head.length;
  for (const { value } of secrets) {
    whole.set(value, at);
    at += value.length;
  }
  return whole;
}

/** What `writeRelease` wrote, or null for anything else. The values are parts of the given bytes, not copies. */
export function readRelease(bytes: Uint8Array): Release | null {
  const start = firstLine.length;
  const end = bytes.indexOf(newline, start);
  if (end === -1 || new TextDecoder().decode(bytes.subarray(0, start)) !== firstLine) return null;
  const header = parseHeader(bytes.subarray(start, end));
  if (!header) return null;
  let at = end + 1;
  const secrets = header.secrets.map(({ bytes: length, ...secret }): ReleasedValue => {
    at += length;
    return { ...secret, value: bytes.subarray(at - length, at) };
  });
  return at === bytes.length ? { ...header, secrets } : null;
}

function parseHeader(bytes: Uint8Array): ReleaseHeader | null {
  try {
    return releaseHeader.safeParse(JSON.parse(new TextDecoder().decode(bytes))).data ?? null;
  } catch {
    // Not JSON: nothing that we wrote.
    return null;
  }
}
