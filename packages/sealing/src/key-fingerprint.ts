import { sha256 } from '@noble/hashes/sha2.js';

/** Bytes of the hash that are shown: enough that nobody finds another key with the same ones. */
const shownBytes = 16;

/** What people compare a public key by: the first 16 bytes of its SHA-256, `a1b2 c3d4 …`. */
export function keyFingerprint(publicKey: Uint8Array): string {
  const hex = Array.from(sha256(publicKey).subarray(0, shownBytes), (byte) => byte.toString(16).padStart(2, '0'));
  return hex.join('').replaceAll(/(.{4})(?=.)/g, '$1 ');
}
