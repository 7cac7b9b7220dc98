import type { EdgeSourceSettings } from '@nexomatic/contracts/edge-protocol';
import { isAllowed } from '@nexomatic/signature/address-list';
import {
  cloudEventsHandshake,
  crcHandshake,
  eventGridHandshake,
  type HandshakeAnswer,
  slackHandshake,
} from '@nexomatic/signature/handshakes';
import { type SignedRequest, verifyRequest } from '@nexomatic/signature/verify-request';
import { type Arrival, headersFault } from './arrival.ts';
import { checkContent } from './check-content.ts';
import { type Refused, refused } from './refused.ts';
import { scanJson } from './scan-json.ts';
import { takeBody } from './take-body.ts';
import type { TokenBuckets } from './token-buckets.ts';

export type Judgement =
  /** From whom it says, and within the limits. `secretId`: which secret it showed. */
  | { kind: 'taken'; body: Uint8Array<ArrayBuffer>; secretId: string | null }
  | { kind: 'handshake'; answer: HandshakeAnswer }
  | Refused;

/** Judges a request by the settings of its source; cheap checks come before dear ones. */
export async function judgeRequest(
  arrival: Arrival,
  settings: EdgeSourceSettings,
  buckets: TokenBuckets,
): Promise<Judgement> {
  const early = judgeHead(arrival, settings, buckets);
  if (early) return early;
  if (arrival.request.method !== 'POST') return shakeHands(arrival, settings);

  const { content, handshakes, verification } = settings;
  const declared = checkContent(arrival.contentType, arrival.request.headers.get('content-encoding'), content);
  if (declared.kind === 'refused') return refused(declared.code, declared.detail);
  const taken = await takeBody(arrival, settings.limits.maxBodyBytes, declared.encoding);
  if (taken.kind === 'refused') return taken;

  const { wire, body } = taken;
  if (handshakes.eventGrid) {
    const answer = eventGridHandshake(signedRequest(arrival, body));
    if (answer) return { kind: 'handshake', answer };
  }
  const verdict = await verifyRequest(signedRequest(arrival, content.signedAs === 'wire' ? wire : body), {
    verification,
    secrets: liveSecrets(arrival, settings),
    // Looked at already, before the body was read.
    allowedAddresses: [],
  });
  if (verdict.outcome === 'invalid') return unproven(settings, verdict.cause, verdict.detail);
  if (verification.scheme === 'slack') {
    const answer = slackHandshake(signedRequest(arrival, body));
    if (answer) return { kind: 'handshake', answer };
  }
  return tooMuchJson(body, settings) ?? { kind: 'taken', body, secretId: verdict.secretId };
}

/** What can be said before anything of the body was read. */
function judgeHead(arrival: Arrival, settings: EdgeSourceSettings, buckets: TokenBuckets): Refused | null {
  const fault = headersFault(arrival.headers);
  if (fault) return refused('header_too_large', fault);
  if (!arrival.counted) {
    const token = buckets.take(arrival.sourceKeyHash, settings.limits);
    if (!token.ok) {
      const { perSecond } = settings.limits;
      return refused('rate_limited', `This address takes ${perSecond} requests a second; send it again later.`, {
        headers: { 'retry-after': String(token.retryAfterSeconds) },
      });
    }
    arrival.counted = true;
  }
  const { allowedAddresses } = settings;
  if (allowedAddresses.length === 0 || isAllowed(arrival.remoteAddress, allowedAddresses)) return null;
  return refused('address_not_allowed', 'This address takes no requests from where this one came from.', {
    ownerDetail: `${arrival.remoteAddress || 'an unknown address'} is in none of the allowed ranges`,
  });
}

/** A request without a body, which asks whether this address wants events. */
async function shakeHands(arrival: Arrival, settings: EdgeSourceSettings): Promise<Judgement> {
  const request = signedRequest(arrival, new Uint8Array());
  if (arrival.request.method === 'OPTIONS') {
    const answer = settings.handshakes.cloudEvents ? cloudEventsHandshake(request) : null;
    return answer ? { kind: 'handshake', answer } : wrongMethod(arrival.request.method);
  }
  if (settings.verification.scheme !== 'x') return wrongMethod(arrival.request.method);
  const [newest] = liveSecrets(arrival, settings);
  if (!newest) return unproven(settings, 'secret_missing', 'the source has no secret to answer the check with');
  const answer = await crcHandshake(request, newest.value);
  return answer ? { kind: 'handshake', answer } : wrongMethod(arrival.request.method);
}

/** The same words whatever it was: who forges requests must not learn from the answers. */
function unproven({ verification }: EdgeSourceSettings, cause: string, ownerDetail: string): Refused {
  const basic = { 'www-authenticate': 'Basic realm="webhook", charset="UTF-8"' };
  const headers: Record<string, string> = verification.scheme === 'basic' ? basic : {};
  const told = 'The request does not prove whom it is from; its sender and this source must share a secret.';
  return refused('signature_invalid', told, { headers, cause, ownerDetail });
}

/** What a method that this source has no use for is told. */
export const wrongMethod = (method: string): Refused =>
  refused('method_not_allowed', `This address takes POST, not ${method}.`, { headers: { allow: 'POST, OPTIONS' } });

function tooMuchJson(body: Uint8Array, { content }: EdgeSourceSettings): Refused | null {
  if (content.raw) return null;
  const scan = scanJson(body);
  if (scan.kind === 'within') return null;
  return scan.kind === 'too_deep'
    ? refused('json_too_deep', `Objects and arrays are nested deeper than ${scan.limit} levels.`)
    : refused('json_too_complex', `The body holds more than ${scan.limit} members and elements.`);
}

const liveSecrets = ({ receivedAt }: Arrival, { secrets }: EdgeSourceSettings) =>
  secrets.filter(({ until }) => until === null || until > receivedAt);

const signedRequest = (arrival: Arrival, body: Uint8Array<ArrayBuffer>): SignedRequest => ({
  method: arrival.request.method,
  get url() {
    return arrival.addressedAs();
  },
  headers: arrival.request.headers,
  body,
  receivedAt: arrival.receivedAt,
  remoteAddress: arrival.remoteAddress,
});
