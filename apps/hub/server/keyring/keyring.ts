import { createHash, createHmac } from 'node:crypto';
import { openSodium } from '@nexomatic/sealing/sodium';

/** Wraps what must not stand in the database in clear. A context says for which place it was wrapped; it opens in no other. */
export interface Keyring {
  /** Of the first key, hex; tells keyrings apart and says nothing of the key. */
  fingerprint: string;
  /** Of the other keys of the ring. */
  olderFingerprints: string[];
  wrap(value: Uint8Array, context: string): Uint8Array;
  /** Throws when no key of the ring opens it, or it was wrapped for another place. */
  unwrap(wrapped: Uint8Array, context: string): Uint8Array;
  /** Keys for another purpose, one of each key of the ring: the first makes, all check. They tell nothing of the ring. */
  derive(purpose: string): Uint8Array[];
}

export async function openKeyring(keys: readonly Uint8Array[]): Promise<Keyring> {
  const sodium = await openSodium();
  const [primary, ...older] = keys;
  if (!primary) throw new Error('a keyring needs a key');
  return {
    fingerprint: fingerprintOf(primary),
    olderFingerprints: older.map(fingerprintOf),
    wrap: (value, context) => sodium.wrap(value, primary, context),
    unwrap(wrapped, context) {
      for (const key of keys) {
        const value = sodium.unwrap(wrapped, key, context);
        if (value) return value;
      }
      throw new Error(`no key of the keyring opens what was wrapped for ${context}`);
    },
    derive: (purpose) => keys.map((key) => createHmac('sha256', key).update(`nexomatic derive ${purpose}`).digest()),
  };
}

export const fingerprintOf = (key: Uint8Array): string =>
  createHash('sha256').update('nexomatic keyring').update(key).digest('hex').slice(0, 32);
