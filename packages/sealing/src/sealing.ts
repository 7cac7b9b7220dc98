/** An X25519 pair, 32 bytes each. */
export interface BoxPair {
  publicKey: Uint8Array;
  privateKey: Uint8Array;
}

/**
 * Sealing, in the one form that everybody here shares; `sodium.ts` does it with libsodium (the hub), `node.ts` with
 * Node's own X25519 (agents), `noble.ts` without either (workerd, browsers). What one makes, the other opens.
 *
 * - A sealed box is libsodium's `crypto_box_seal`: ephemeral public key ‖ XSalsa20-Poly1305 box, under a nonce that is
 *   BLAKE2b-24 of both public keys. Anybody can seal to a public key, only its private key opens; 48 bytes are added.
 * - Wrapping is XChaCha20-Poly1305 (IETF): random nonce of 24 bytes ‖ ciphertext and tag. `context` is authenticated and not
 *   stored: what was wrapped for one place opens in no other.
 */
export interface Sealing {
  newPair(): BoxPair;
  /** The pair of a private key: any 32 bytes that nobody can guess. */
  pairOf(privateKey: Uint8Array): BoxPair;
  seal(message: Uint8Array, publicKey: Uint8Array): Uint8Array;
  /** Null for a box of another key, or one that was changed. */
  open(box: Uint8Array, pair: BoxPair): Uint8Array | null;
  wrap(message: Uint8Array, key: Uint8Array, context: string): Uint8Array;
  /** Null for another key or context, or what was changed. */
  unwrap(wrapped: Uint8Array, key: Uint8Array, context: string): Uint8Array | null;
}

export const keyBytes = 32;
export const wrapNonceBytes = 24;
/** What sealing adds to a message: the ephemeral public key, and the tag. */
export const sealBytes = 48;

/** Refuses keys of another length in our own words: the libraries' errors name none of what was wrong. */
export function demandKey(key: Uint8Array, what: string): void {
  if (key.length !== keyBytes) throw new RangeError(`${what} has ${key.length} bytes; it must have ${keyBytes}`);
}
