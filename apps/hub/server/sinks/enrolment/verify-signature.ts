import { createPublicKey, verify } from 'node:crypto';

/** Whether an Ed25519 key signed this text. Key and signature are base64url, of the lengths that their schemas ask for. */
export function signedBy(signKey: string, text: string, signature: string): boolean {
  try {
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: signKey }, format: 'jwk' });
    return verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64url'));
  } catch {
    // 32 bytes that are no point of the curve.
    return false;
  }
}
