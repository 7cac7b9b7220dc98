import { createPrivateKey, createPublicKey, diffieHellman, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { sealingOn } from './noble.ts';
import type { Sealing } from './sealing.ts';

/** RFC 8410: what stands before the 32 bytes of a key in PKCS #8 and in SPKI. */
const pkcs8Head = Buffer.from('302e020100300506032b656e04220420', 'hex');
const spkiHead = Buffer.from('302a300506032b656e032100', 'hex');

const privateKeyOf = (bytes: Uint8Array): KeyObject =>
  createPrivateKey({ key: Buffer.concat([pkcs8Head, bytes]), format: 'der', type: 'pkcs8' });
const publicKeyOf = (bytes: Uint8Array): KeyObject =>
  createPublicKey({ key: Buffer.concat([spkiHead, bytes]), format: 'der', type: 'spki' });
const bytesOf = (key: KeyObject): Uint8Array =>
  Uint8Array.from(key.export({ format: 'der', type: 'spki' }).subarray(spkiHead.length));

/** Sealing for agents: X25519, which is nearly all of the work, by Node itself, and nothing to load or to compile. */
export const nodeSealing: Sealing = sealingOn({
  newPair() {
    const { publicKey, privateKey } = generateKeyPairSync('x25519');
    const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' });
    return { publicKey: bytesOf(publicKey), privateKey: Uint8Array.from(pkcs8.subarray(pkcs8Head.length)) };
  },
  publicKey: (privateKey) => bytesOf(createPublicKey(privateKeyOf(privateKey))),
  sharedSecret: (privateKey, publicKey) =>
    new Uint8Array(diffieHellman({ privateKey: privateKeyOf(privateKey), publicKey: publicKeyOf(publicKey) })),
});
