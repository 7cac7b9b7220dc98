import type { Verification, VerificationSecret } from '@nexomatic/contracts/verification';
import { isAllowed } from './address-list.ts';
import { github, shopify, x } from './schemes/body-macs.ts';
import { basic, gitlabToken, token } from './schemes/credentials.ts';
import { genericHmac } from './schemes/generic-hmac.ts';
import { invalid, type SignedRequest, type Verdict, type Verify } from './schemes/scheme.ts';
import { standardWebhooks } from './schemes/standard-webhooks.ts';
import { slack, stripe } from './schemes/timed-macs.ts';
import { twilio } from './schemes/twilio.ts';

export type { SignedRequest, Verdict } from './schemes/scheme.ts';

const open: Verify<'none'> = () => Promise.resolve({ outcome: 'valid', secretId: null });

/** Every scheme by its name; a new one is a line here and one in `contracts/verification.ts`. */
const schemes: { [S in Verification['scheme']]: Verify<S> } = {
  none: open,
  standard_webhooks: standardWebhooks,
  github,
  stripe,
  slack,
  shopify,
  twilio,
  gitlab_token: gitlabToken,
  x,
  hmac: genericHmac,
  basic,
  token,
};

export interface Verifying {
  verification: Verification;
  /** The live secrets, newest first. */
  secrets: VerificationSecret[];
  /** Ranges that senders come from, in CIDR form; empty: from anywhere. */
  allowedAddresses: readonly string[];
}

/**
 * Whether a request comes from whom it says. The same code runs at the edge and in the hub, on Web Crypto alone. A scheme
 * that lacks what it needs refuses; times are judged by the time of receipt, however long ago that was.
 */
export function verifyRequest(
  request: SignedRequest,
  { verification, secrets, allowedAddresses }: Verifying,
): Promise<Verdict> {
  if (allowedAddresses.length > 0 && !isAllowed(request.remoteAddress, allowedAddresses)) {
    return Promise.resolve(
      invalid('address_not_allowed', `${request.remoteAddress || 'an unknown address'} is in no allowed range`),
    );
  }
  const verify = schemes[verification.scheme] as Verify<Verification['scheme']>;
  return verify(request, secrets, verification as never);
}
