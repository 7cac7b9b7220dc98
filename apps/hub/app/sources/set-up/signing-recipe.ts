import type { Verification } from '@nexomatic/contracts/verification';

/** What a text is put together from: fixed words, and what differs from request to request. */
export type Part = { text: string } | 'body' | 'time' | 'id' | 'signature' | 'address' | 'secret';

/** How a sender of a scheme makes one request: what it signs, with which key, and the headers that it sends. */
export interface SigningRecipe {
  mac: {
    algorithm: 'sha1' | 'sha256' | 'sha384' | 'sha512';
    encoding: 'hex' | 'base64' | 'base64url';
    /** How the secret stands for the key; `whsec`: base64 after a prefix. */
    key: 'text' | 'hex' | 'base64' | 'whsec';
    signed: Part[];
  } | null;
  headers: [name: string, value: Part[]][];
  /** The hash of the body goes along in the address, which is what is signed. */
  bodyHashInAddress: boolean;
  /** The secret is `user:password`. */
  basic: boolean;
}

const plain: SigningRecipe = { mac: null, headers: [], bodyHashInAddress: false, basic: false };
const text = (words: string): Part => ({ text: words });

const withMac = (
  mac: Partial<NonNullable<SigningRecipe['mac']>>,
  headers: SigningRecipe['headers'],
  more: Partial<SigningRecipe> = {},
): SigningRecipe => ({
  ...plain,
  ...more,
  mac: { algorithm: 'sha256', encoding: 'hex', key: 'text', signed: ['body'], ...mac },
  headers,
});

const base64 = { encoding: 'base64' } as const;

/** The recipe for a source's scheme. Formats: `packages/signature/src/schemes/`. */
export function signingRecipe(verification: Verification): SigningRecipe {
  switch (verification.scheme) {
    case 'none':
      return plain;
    case 'github':
      return withMac({}, [
        ['x-github-event', [text('ping')]],
        ['x-github-delivery', ['id']],
        ['x-hub-signature-256', [text('sha256='), 'signature']],
      ]);
    case 'stripe':
      return withMac({ signed: ['time', text('.'), 'body'] }, [
        ['stripe-signature', [text('t='), 'time', text(',v1='), 'signature']],
      ]);
    case 'slack':
      return withMac({ signed: [text('v0:'), 'time', text(':'), 'body'] }, [
        ['x-slack-request-timestamp', ['time']],
        ['x-slack-signature', [text('v0='), 'signature']],
      ]);
    case 'shopify':
      return withMac(base64, [
        ['x-shopify-topic', [text('orders/create')]],
        ['x-shopify-webhook-id', ['id']],
        ['x-shopify-hmac-sha256', ['signature']],
      ]);
    case 'twilio':
      return withMac(
        { algorithm: 'sha1', ...base64, signed: ['address'] },
        [
          ['i-twilio-idempotency-token', ['id']],
          ['x-twilio-signature', ['signature']],
        ],
        { bodyHashInAddress: true },
      );
    case 'x':
      return withMac(base64, [['x-twitter-webhooks-signature', [text('sha256='), 'signature']]]);
    case 'standard_webhooks':
      return withMac({ ...base64, key: 'whsec', signed: ['id', text('.'), 'time', text('.'), 'body'] }, [
        ['webhook-id', ['id']],
        ['webhook-timestamp', ['time']],
        ['webhook-signature', [text('v1,'), 'signature']],
      ]);
    case 'hmac':
      return ownHmac(verification);
    case 'gitlab_token':
      return {
        ...plain,
        headers: [
          ['x-gitlab-event', [text('Push Hook')]],
          ['idempotency-key', ['id']],
          ['x-gitlab-token', ['secret']],
        ],
      };
    case 'token':
      return { ...plain, headers: [[verification.header, [text(verification.prefix), 'secret']]] };
    case 'basic':
      return { ...plain, basic: true };
    default:
      return verification satisfies never;
  }
}

function ownHmac(own: Extract<Verification, { scheme: 'hmac' }>): SigningRecipe {
  const parts = own.template.split(/(\{(?:body|timestamp|id)\})/).filter((part) => part !== '');
  const signed = parts.map((part): Part => {
    if (part === '{body}') return 'body';
    // Without a header to read them from, the receiver puts nothing in their place.
    if (part === '{timestamp}') return own.timestampHeader === null ? text('') : 'time';
    if (part === '{id}') return own.idHeader === null ? text('') : 'id';
    return text(part);
  });
  const { algorithm, encoding, keyEncoding: key } = own;
  return withMac({ algorithm, encoding, key, signed }, [
    ...(own.timestampHeader === null ? [] : ([[own.timestampHeader, ['time']]] satisfies SigningRecipe['headers'])),
    ...(own.idHeader === null ? [] : ([[own.idHeader, ['id']]] satisfies SigningRecipe['headers'])),
    [own.header, [text(own.prefix), 'signature']],
  ]);
}

/** Whether a recipe speaks of something anywhere. */
export const mentions = ({ mac, headers }: SigningRecipe, part: Part): boolean =>
  [...(mac?.signed ?? []), ...headers.flatMap(([, value]) => value)].includes(part);
