import type { Verification, VerificationCause, VerificationSecret } from '@nexomatic/contracts/verification';

/** A request as its receiver saw it. The body is what came over the wire: nothing is decoded before it was checked. */
export interface SignedRequest {
  method: string;
  /** As the sender addressed it: the public address of the edge, never the hub's own. */
  url: string;
  headers: Pick<Headers, 'get'>;
  body: Uint8Array<ArrayBuffer>;
  /** Milliseconds since the epoch at which the first receiver had it. */
  receivedAt: number;
  remoteAddress: string;
}

export type Verdict =
  /** `secretId`: which secret matched; null where none is needed. */
  | { outcome: 'valid'; secretId: string | null }
  /** `detail` is for the owner of the source; its sender is told nothing of it. */
  | { outcome: 'invalid'; cause: VerificationCause; detail: string };

type Of<S extends Verification['scheme']> = Extract<Verification, { scheme: S }>;

/** Checks a request against the live secrets of its source. */
export type Verify<S extends Verification['scheme']> = (
  request: SignedRequest,
  secrets: VerificationSecret[],
  settings: Of<S>,
) => Promise<Verdict>;

export const invalid = (cause: VerificationCause, detail: string): Verdict => ({ outcome: 'invalid', cause, detail });

/** A header longer than this is no signature, and reading it would be work for nothing. */
const maxHeaderLength = 4_096;

/** The header's value; a verdict where it is missing or too long. */
export function headerOf({ headers }: SignedRequest, name: string): string | Verdict {
  const value = headers.get(name);
  if (value === null || value === '') return invalid('signature_missing', `the request has no header ${name}`);
  if (value.length > maxHeaderLength) {
    return invalid('signature_malformed', `the header ${name} has more than ${maxHeaderLength} characters`);
  }
  return value;
}

/** Checks a signed time, in seconds since the epoch, against the time of receipt; null when it is near enough. */
export function timestampFault(text: string, receivedAt: number, toleranceSeconds: number): Verdict | null {
  if (!/^\d{9,11}$/.test(text)) {
    return invalid(
      'timestamp_malformed',
      `the timestamp ${JSON.stringify(text.slice(0, 40))} is not in seconds since 1970`,
    );
  }
  const age = Math.floor(receivedAt / 1_000) - Number(text);
  if (Math.abs(age) <= toleranceSeconds) return null;
  const where = age > 0 ? `${age} s old` : `${-age} s in the future`;
  return invalid(
    'timestamp_out_of_tolerance',
    `the timestamp was ${where} on receipt; ${toleranceSeconds} s are tolerated`,
  );
}
