import { decodeBase64Url } from '@nexomatic/signature/decode';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/** Bytes of the hash that are shown: enough that nobody finds another key with the same ones. */
const shownBytes = 16;

/** What people compare a public key by: the first 16 bytes of its SHA-256, `a1b2 c3d4 …`. */
export function keyFingerprint(publicKey: Uint8Array): string {
  return bytesToHex(sha256(publicKey).subarray(0, shownBytes)).replaceAll(/(.{4})(?=.)/g, '$1 ');
}

/** The same of a key as the API tells it, in base64url: for whoever does not take the hub's word for its fingerprint. */
export const boxKeyFingerprint = (boxKey: string): string =>
  keyFingerprint(decodeBase64Url(boxKey) ?? new Uint8Array());
