import { decodeHex } from '../decode.ts';
import { utf8 } from '../mac.ts';
import { matchMacs } from './match-macs.ts';
import { headerOf, invalid, timestampFault, type Verify } from './scheme.ts';

/**
 * Stripe-Signature: `t=<seconds>,v1=<hex>[,v1=…]`, in any order; signed is `t.body`. The key is the whole secret with its
 * `whsec_`. Source: docs.stripe.com/webhooks/signatures. Unlike its library, a time in the future is refused as well.
 */
export const stripe: Verify<'stripe'> = async (request, secrets, { toleranceSeconds }) => {
  const value = headerOf(request, 'stripe-signature');
  if (typeof value !== 'string') return value;
  const pairs = value.split(',').map((pair) => pair.trim().split('=', 2) as [string, string | undefined]);
  const times = pairs.filter(([name]) => name === 't').map(([, text]) => text ?? '');
  const [time] = times;
  if (time === undefined || times.length > 1)
    return invalid('signature_malformed', 'Stripe-Signature names no single time t');
  const fault = timestampFault(time, request.receivedAt, toleranceSeconds);
  if (fault) return fault;
  const candidates = pairs.filter(([name]) => name === 'v1').map(([, text]) => decodeHex(text ?? ''));
  const keyOf = (secret: string) => (/\s/.test(secret) ? null : utf8(secret));
  return matchMacs({ algorithm: 'sha256', candidates, secrets, keyOf, signed: [utf8(`${time}.`), request.body] });
};

/** X-Slack-Signature: `v0=<hex>` over `v0:<seconds>:body`. Source: docs.slack.dev "Verifying requests from Slack". */
export const slack: Verify<'slack'> = async (request, secrets, { toleranceSeconds }) => {
  const value = headerOf(request, 'x-slack-signature');
  if (typeof value !== 'string') return value;
  const time = headerOf(request, 'x-slack-request-timestamp');
  if (typeof time !== 'string') return time;
  const fault = timestampFault(time, request.receivedAt, toleranceSeconds);
  if (fault) return fault;
  const candidates = [value.startsWith('v0=') ? decodeHex(value.slice(3)) : null];
  const signed = [utf8(`v0:${time}:`), request.body];
  return matchMacs({ algorithm: 'sha256', candidates, secrets, keyOf: utf8, signed });
};
