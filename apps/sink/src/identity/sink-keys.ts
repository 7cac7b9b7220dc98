import { createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { BoxPair } from '@nexomatic/sealing/sealing';
import * as z from 'zod';

const pair = z.object({ public: z.string(), private: z.string() });

/** A sink's keys as they stand in its file: public halves as 32 bytes in base64url, private ones as PKCS #8 in base64. */
export const sinkKeysSchema = z.object({
  /** Ed25519: proves who this sink is. */
  sign: pair,
  /** X25519: opens what is sealed to this sink. */
  box: pair,
});
export type SinkKeys = z.infer<typeof sinkKeysSchema>;

/** New keys. The private halves are made here and never leave this machine. */
export function makeSinkKeys(): SinkKeys {
  return { sign: textOf(generateKeyPairSync('ed25519')), box: textOf(generateKeyPairSync('x25519')) };
}

/** The Ed25519 signature of a text, base64url. */
export function signText({ sign: { private: pkcs8 } }: SinkKeys, text: string): string {
  const key = createPrivateKey({ key: Buffer.from(pkcs8, 'base64'), format: 'der', type: 'pkcs8' });
  return sign(null, Buffer.from(text), key).toString('base64url');
}

/** A pair as sealing takes it. PKCS #8 of an X25519 key ends in its 32 bytes (RFC 8410). */
export const boxPairOf = (box: SinkKeys['box']): BoxPair => ({
  publicKey: Buffer.from(box.public, 'base64url'),
  privateKey: Buffer.from(box.private, 'base64').subarray(-32),
});

const textOf = ({ publicKey, privateKey }: { publicKey: KeyObject; privateKey: KeyObject }) => ({
  public: String(publicKey.export({ format: 'jwk' }).x),
  private: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
});
