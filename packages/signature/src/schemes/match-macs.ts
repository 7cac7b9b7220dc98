import type { VerificationSecret } from '@nexomatic/contracts/verification';
import { type MacAlgorithm, mac, sameBytes } from '../mac.ts';
import { invalid, type Verdict } from './scheme.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** More than a sender in the middle of a rotation sends, or an owner keeps. */
const maxSignatures = 20;
const maxSecrets = 11;

interface Match {
  algorithm: MacAlgorithm;
  /** The signatures that came, decoded; null where one is not of the form. */
  candidates: (Bytes | null)[];
  secrets: VerificationSecret[];
  /** The key that a secret's text stands for; null if it stands for none. */
  keyOf(secret: string): Bytes | null;
  signed: Bytes[];
}

/** Looks for a secret that makes one of the signatures. */
export async function matchMacs({ algorithm, candidates, secrets, keyOf, signed }: Match): Promise<Verdict> {
  if (candidates.length > maxSignatures) {
    return invalid('signature_malformed', `more than ${maxSignatures} signatures came at once`);
  }
  const decoded = candidates.filter((candidate) => candidate !== null);
  if (decoded.length === 0)
    return invalid('signature_malformed', 'the signature is not of the form that this scheme has');
  let usable = 0;
  for (const { id, value } of secrets.slice(0, maxSecrets)) {
    const key = keyOf(value);
    if (key === null) continue;
    usable += 1;
    const expected = await mac(algorithm, key, ...signed);
    if (decoded.some((candidate) => sameBytes(candidate, expected))) return { outcome: 'valid', secretId: id };
  }
  if (usable === 0) return invalid('secret_missing', 'the source has no secret that this scheme can use');
  return invalid('signature_mismatch', `no signature matches any of ${usable} live secrets`);
}
