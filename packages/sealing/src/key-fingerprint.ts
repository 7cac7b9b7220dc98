import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/** Bytes of the hash that are shown: enough that nobody finds another key with the same ones. */
const shownBytes = 16;

/** What people compare a public key by: the first 16 bytes of its SHA-256, `a1b2 c3d4 …`. */
export function keyFingerprint(publicKey: Uint8Array): string {
  return bytesToHex(sha256(publicKey).subarray(0, shownBytes)).replaceAll(/(.{4})(?=.)/g, '$1 ');
}
