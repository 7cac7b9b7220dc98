import type { Id } from '@nexomatic/contracts/id-form';
import { noble } from '@nexomatic/sealing/noble';
import { sealToSinks } from '@nexomatic/sealing/seal-to-sinks';
import { type SecretPlace, sealSecret } from '@nexomatic/sealing/secret-box';

/** The key that a tenant's secrets are sealed to. */
export interface TenantKey {
  keyId: string;
  /** Base64. */
  key: string;
}

/** A sink that one that is end-to-end is sealed to. */
export interface SinkKey {
  id: string;
  name: string;
  /** Base64url. */
  boxKey: string;
  fingerprint: string;
}

/** Whoever is to open a value. */
export type SealTarget = TenantKey | { sinks: readonly SinkKey[] };

/** Seals a value, and gives what a form sends of it. Loaded when one is saved; the bytes that were given are wiped. */
export function sealValue(bytes: Uint8Array, target: SealTarget, place: SecretPlace): [field: string, text: string][] {
  try {
    return 'sinks' in target ? sealedFields(bytes, target.sinks, place) : valueFields(bytes, target, place);
  } finally {
    bytes.fill(0);
  }
}

function valueFields(bytes: Uint8Array, { keyId, key }: TenantKey, place: SecretPlace): [string, string][] {
  const box = sealSecret(noble, bytesOf(key), place, bytes);
  return [
    ['value.keyId', keyId],
    ['value.version', String(place.version)],
    ['value.box', base64Of(box)],
  ];
}

function sealedFields(bytes: Uint8Array, sinks: readonly SinkKey[], place: SecretPlace): [string, string][] {
  const keys = sinks.map(({ id, boxKey }) => ({ id: id as Id<'sink'>, boxKey }));
  const { version, short, boxes } = sealToSinks(noble, keys, place, bytes);
  return [
    ['sealed.version', String(version)],
    ...(short ? [['sealed.short', 'on'] as [string, string]] : []),
    ...boxes.flatMap((box, at) =>
      Object.entries(box).map(([name, text]): [string, string] => [`sealed.boxes[${at}].${name}`, text]),
    ),
  ];
}

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));

const base64Of = (bytes: Uint8Array): string =>
  btoa(bytes.reduce((text, byte) => text + String.fromCharCode(byte), ''));
