import { nodeSealing } from '@nexomatic/sealing/node';
import type { BoxPair } from '@nexomatic/sealing/sealing';
import { type Identity, readIdentity } from '../identity/identity-file.ts';
import { boxPairOf } from '../identity/sink-keys.ts';

/** What opens boxes that are sealed to this sink. */
export interface BoxKeys {
  /** The public half to be told to the hub, base64url, where it has no key of this sink. */
  announced: string | undefined;
  /** The pairs that a box may be sealed to just now. */
  pairs(): BoxPair[];
}

/** A pair that lives as long as this process: of a sink with a standing token. */
export function createPassingBoxKeys(): BoxKeys {
  const pair = nodeSealing.newPair();
  return { announced: Buffer.from(pair.publicKey).toString('base64url'), pairs: () => [pair] };
}

/** Pairs before the newest that are remembered: keys may be rotated while an answer is on its way. */
const remembered = 4;

/** The pairs in a config folder, read each time: they may be rotated beside a running agent. */
export function createIdentityBoxKeys(folder: string, identity: Identity): BoxKeys {
  let known: BoxPair[] = [];
  return {
    announced: undefined,
    pairs() {
      const { keys, nextKeys } = readIdentity(folder) ?? identity;
      const now = [keys, ...(nextKeys ? [nextKeys] : [])].map(({ box }) => boxPairOf(box));
      const isNow = (pair: BoxPair): boolean => now.some((one) => Buffer.compare(one.publicKey, pair.publicKey) === 0);
      known = [...now, ...known.filter((pair) => !isNow(pair))].slice(0, remembered);
      return known;
    },
  };
}
