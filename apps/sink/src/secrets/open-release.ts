import { type Release, readRelease } from '@nexomatic/contracts/release-box';
import { nodeSealing } from '@nexomatic/sealing/node';
import type { BoxPair } from '@nexomatic/sealing/sealing';

/** How far this machine's clock may be behind or ahead of the hub's. */
const skewMs = 5 * 60_000;

/** What a box must have been made for. */
export interface ReleaseFor {
  purpose: string;
  /** What is to be in it, in order. */
  keys: string[];
  sinkId: string;
  /** Milliseconds since the epoch, by this machine's clock. */
  now: number;
}

/** A box that opens and must not be used. */
export class ReleaseFault extends Error {
  override name = 'ReleaseFault';
}

/** The opened values of secrets; whoever is done with them wipes them. */
export interface OpenedSecrets {
  /** By the key that a module asks for. */
  texts: Record<string, string>;
  values: Uint8Array[];
  /** Overwrites the values. The texts can't be overwritten: JavaScript lets go of them by itself. */
  wipe(): void;
}

/**
 * Opens a box that the hub has sealed to this sink, and holds it to what was asked for. Null when none of the pairs opens it;
 * throws `ReleaseFault` when it is not what was asked for.
 */
export function openRelease(box: Uint8Array, pairs: BoxPair[], wanted: ReleaseFor): OpenedSecrets | null {
  const bytes = openWithAny(box, pairs);
  if (!bytes) return null;
  const release = readRelease(bytes);
  const fault = release ? faultOf(release, wanted) : 'is not of the form that it has to have';
  if (!release || fault) {
    bytes.fill(0);
    throw new ReleaseFault(`what the hub sent as secrets ${fault}`);
  }
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return {
    texts: Object.fromEntries(release.secrets.map(({ key, value }) => [key, decoder.decode(value)])),
    values: release.secrets.map(({ value }) => value),
    wipe: () => void bytes.fill(0),
  };
}

function openWithAny(box: Uint8Array, pairs: BoxPair[]): Uint8Array | null {
  for (const pair of pairs) {
    const bytes = nodeSealing.open(box, pair);
    if (bytes) return bytes;
  }
  return null;
}

function faultOf(release: Release, { purpose, keys, sinkId, now }: ReleaseFor): string | undefined {
  if (release.purpose !== purpose || release.sink !== sinkId) return 'was made for something else, or for another sink';
  if (release.expiresAt + skewMs < now) return 'has expired: is the clock of this machine right?';
  const given = release.secrets;
  const same = keys.length === given.length && keys.every((key, i) => given[i]?.key === key);
  return same ? undefined : 'does not hold the secrets that were asked for';
}
