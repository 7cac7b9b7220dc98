import sodium from 'libsodium-wrappers';
import { demandKey, type Sealing, wrapNonceBytes } from './sealing.ts';

/** Sealing by libsodium. Its WebAssembly is made ready once; afterwards every call is immediate. */
export async function openSodium(): Promise<Sealing> {
  await sodium.ready;
  const { crypto_aead_xchacha20poly1305_ietf_encrypt: encrypt, crypto_aead_xchacha20poly1305_ietf_decrypt: decrypt } =
    sodium;
  return {
    newPair() {
      const { publicKey, privateKey } = sodium.crypto_box_keypair();
      return { publicKey, privateKey };
    },
    pairOf(privateKey) {
      demandKey(privateKey, 'the private key');
      return { privateKey, publicKey: sodium.crypto_scalarmult_base(privateKey) };
    },
    seal(message, publicKey) {
      demandKey(publicKey, 'the public key');
      return sodium.crypto_box_seal(message, publicKey);
    },
    open(box, { publicKey, privateKey }) {
      demandKey(publicKey, 'the public key');
      demandKey(privateKey, 'the private key');
      return orNull(() => sodium.crypto_box_seal_open(box, publicKey, privateKey));
    },
    wrap(message, key, context) {
      demandKey(key, 'the wrapping key');
      const nonce = sodium.randombytes_buf(wrapNonceBytes);
      const sealed = encrypt(message, context, null, nonce, key);
      const wrapped = new Uint8Array(nonce.length + sealed.length);
      wrapped.set(nonce);
      wrapped.set(sealed, nonce.length);
      return wrapped;
    },
    unwrap(wrapped, key, context) {
      demandKey(key, 'the wrapping key');
      const nonce = wrapped.subarray(0, wrapNonceBytes);
      return orNull(() => decrypt(null, wrapped.subarray(wrapNonceBytes), context, nonce, key));
    },
  };
}

/** libsodium throws alike for what was changed and for what is too short to be a box at all. */
function orNull(open: () => Uint8Array): Uint8Array | null {
  try {
    return open();
  } catch {
    return null;
  }
}
