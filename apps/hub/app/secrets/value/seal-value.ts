import { noble } from '@nexomatic/sealing/noble';
import { type SecretPlace, sealSecret } from '@nexomatic/sealing/secret-box';

/** The key that a tenant's secrets are sealed to. */
export interface TenantKey {
  keyId: string;
  /** Base64. */
  key: string;
}

/** Seals a value for the hub. Loaded when one is saved; the bytes that were given are wiped. */
export function sealValue(bytes: Uint8Array, { keyId, key }: TenantKey, place: SecretPlace) {
  try {
    const box = sealSecret(noble, bytesOf(key), place, bytes);
    return { keyId, version: place.version, box: base64Of(box) };
  } finally {
    bytes.fill(0);
  }
}

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));

const base64Of = (bytes: Uint8Array): string =>
  btoa(bytes.reduce((text, byte) => text + String.fromCharCode(byte), ''));
