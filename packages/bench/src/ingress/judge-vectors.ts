import { type Verification, verificationSchema } from '@nexomatic/contracts/verification';
import { decodeHex } from '@nexomatic/signature/decode';
import vectors from '@nexomatic/signature/vectors/webhooks.json' with { type: 'json' };
import { type SignedRequest, verifyRequest } from '@nexomatic/signature/verify-request';

export interface JudgeFigures {
  /** Vectors judged as they should be, of all. */
  vectors: { right: number; all: number };
  /** Single-bit changes that were refused, of all that were tried. */
  flips: { refused: number; all: number };
  /** Signed times inside and outside the tolerance that were judged rightly, of all. */
  times: { right: number; all: number };
}

type Vector = (typeof vectors)[number];
const utf8 = (text: string) => new TextEncoder().encode(text);

/** Judges every published vector, `flips` changes of one bit of what was signed, and times at the edges of the tolerance. */
export async function judgeVectors(flips: number): Promise<JudgeFigures> {
  let right = 0;
  for (const vector of vectors) if ((await judge(vector)) === vector.expect) right += 1;

  const bodies = vectors.filter(
    (vector) => vector.expect === 'valid' && signsBody.includes(schemeOf(vector)) && bodyOf(vector).length > 0,
  );
  let refused = 0;
  for (let at = 0; at < flips; at++) {
    const vector = bodies[at % bodies.length] as Vector;
    const body = bodyOf(vector);
    const bit = Math.floor(at / bodies.length) % (body.length * 8);
    const changed = body.map((byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
    if ((await judge(vector, { body: changed })) === 'signature_mismatch') refused += 1;
  }

  const timed = vectors.filter((vector) => vector.expect === 'valid' && withTime.includes(schemeOf(vector)));
  let timesRight = 0;
  for (const vector of timed) {
    for (const [shift, expected] of shifts) {
      const outcome = await judge(vector, { receivedAt: (signedAt(vector) + shift) * 1_000 });
      if (outcome === expected) timesRight += 1;
    }
  }
  return {
    vectors: { right, all: vectors.length },
    flips: { refused, all: flips },
    times: { right: timesRight, all: timed.length * shifts.length },
  };
}

const signsBody: Verification['scheme'][] = ['github', 'shopify', 'x', 'standard_webhooks', 'stripe', 'slack'];
const withTime: Verification['scheme'][] = ['standard_webhooks', 'stripe', 'slack'];
/** Seconds after the signed time at which it is received, and the verdict by the tolerance of 300 s that all of them have. */
const shifts: [number, string][] = [
  [-301, 'timestamp_out_of_tolerance'],
  [-299, 'valid'],
  [299, 'valid'],
  [301, 'timestamp_out_of_tolerance'],
];

const schemeOf = (vector: Vector) => verificationSchema.parse(vector.settings).scheme;
const bodyOf = (vector: Vector) =>
  (vector.bodyHex === undefined ? utf8(vector.body ?? '') : decodeHex(vector.bodyHex)) ?? new Uint8Array();

function signedAt({ headers }: Vector): number {
  const texts = Object.entries(headers).flatMap(([name, value]) =>
    /timestamp|stripe-signature/i.test(name) ? (value ?? '') : [],
  );
  return Number(/\d{9,11}/.exec(texts.join(' '))?.[0]);
}

async function judge(vector: Vector, changed: Partial<SignedRequest> = {}): Promise<string> {
  const headers = Object.entries(vector.headers).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const request: SignedRequest = {
    method: 'POST',
    url: vector.url,
    headers: new Headers(headers),
    body: bodyOf(vector),
    receivedAt: vector.at * 1_000,
    remoteAddress: '203.0.113.7',
    ...changed,
  };
  const secrets = vector.secrets.map((value, i) => ({ id: `s${i}`, value }));
  const verification = verificationSchema.parse(vector.settings);
  const verdict = await verifyRequest(request, { verification, secrets, allowedAddresses: [] });
  return verdict.outcome === 'valid' ? 'valid' : verdict.cause;
}
