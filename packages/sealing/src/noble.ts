import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { hsalsa, xsalsa20poly1305 } from '@noble/ciphers/salsa.js';
import { x25519 } from '@noble/curves/ed25519.js';
import { blake2b } from '@noble/hashes/blake2.js';
import { type BoxPair, demandKey, keyBytes, type Sealing, wrapNonceBytes } from './sealing.ts';

const utf8 = new TextEncoder();
/** "expand 32-byte k", the constant of the Salsa family. */
const sigma = words(utf8.encode('expand 32-byte k'));

/** X25519, by whatever does it best where this runs. */
interface X25519 {
  newPair(): BoxPair;
  publicKey(privateKey: Uint8Array): Uint8Array;
  /** May throw for a public key that is none. */
  sharedSecret(privateKey: Uint8Array, publicKey: Uint8Array): Uint8Array;
}

/** Sealing in plain JavaScript on a given X25519. */
export function sealingOn(curve: X25519): Sealing {
  /** `crypto_box_beforenm`: HSalsa20 of the X25519 secret. */
  function sharedKey(privateKey: Uint8Array, publicKey: Uint8Array): Uint8Array {
    const key = new Uint32Array(8);
    hsalsa(sigma, words(curve.sharedSecret(privateKey, publicKey)), new Uint32Array(4), key);
    const view = new DataView(new ArrayBuffer(keyBytes));
    key.forEach((word, i) => {
      view.setUint32(i * 4, word, true);
    });
    return new Uint8Array(view.buffer);
  }

  return {
    newPair: () => curve.newPair(),
    pairOf(privateKey) {
      demandKey(privateKey, 'the private key');
      return { privateKey, publicKey: curve.publicKey(privateKey) };
    },
    seal(message, publicKey) {
      demandKey(publicKey, 'the public key');
      const ephemeral = curve.newPair();
      const box = xsalsa20poly1305(sharedKey(ephemeral.privateKey, publicKey), nonceOf(ephemeral.publicKey, publicKey));
      return join(ephemeral.publicKey, box.encrypt(message));
    },
    open(box, { publicKey, privateKey }: BoxPair) {
      demandKey(publicKey, 'the public key');
      demandKey(privateKey, 'the private key');
      const ephemeral = box.subarray(0, keyBytes);
      return orNull(() => {
        const key = sharedKey(privateKey, ephemeral);
        return xsalsa20poly1305(key, nonceOf(ephemeral, publicKey)).decrypt(box.subarray(keyBytes));
      });
    },
    wrap(message, key, context) {
      demandKey(key, 'the wrapping key');
      const nonce = crypto.getRandomValues(new Uint8Array(wrapNonceBytes));
      return join(nonce, xchacha20poly1305(key, nonce, utf8.encode(context)).encrypt(message));
    },
    unwrap(wrapped, key, context) {
      demandKey(key, 'the wrapping key');
      const nonce = wrapped.subarray(0, wrapNonceBytes);
      return orNull(() =>
        xchacha20poly1305(key, nonce, utf8.encode(context)).decrypt(wrapped.subarray(wrapNonceBytes)),
      );
    },
  };
}

/** For where neither WebAssembly nor Node's own cryptography is to be had: workerd, and pages with a strict policy. */
export const noble: Sealing = sealingOn({
  newPair() {
    const { secretKey, publicKey } = x25519.keygen();
    return { publicKey, privateKey: secretKey };
  },
  publicKey: (privateKey) => x25519.getPublicKey(privateKey),
  sharedSecret: (privateKey, publicKey) => x25519.getSharedSecret(privateKey, publicKey),
});

const nonceOf = (ephemeral: Uint8Array, recipient: Uint8Array): Uint8Array =>
  blake2b(join(ephemeral, recipient), { dkLen: 24 });

/** Little-endian words, as the Salsa family reads its bytes. */
function words(bytes: Uint8Array): Uint32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Uint32Array.from({ length: bytes.length / 4 }, (_, i) => view.getUint32(i * 4, true));
}

function join(a: Uint8Array, b: Uint8Array): Uint8Array {
  const whole = new Uint8Array(a.length + b.length);
  whole.set(a);
  whole.set(b, a.length);
  return whole;
}

/** The library throws alike for what was changed and for what is no box or key at all. */
function orNull(open: () => Uint8Array): Uint8Array | null {
  try {
    return open();
  } catch {
    return null;
  }
}
