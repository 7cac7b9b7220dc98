import { createHash, createHmac, generateKeyPairSync, randomBytes, sign as signBytes } from 'node:crypto';
import { sign as signForGitHub } from '@octokit/webhooks-methods';
// Deep into both packages: their entries bring in a thousand files of types for APIs that no test calls.
import { isValidSlackRequest } from '@slack/bolt/dist/receivers/verify-request.js';
import { Webhook } from 'standardwebhooks';
import Stripe from 'stripe';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import type { CaseSource, Expected, SignedDelivery } from './webhook-case.ts';

const hmac = (algorithm: string, key: string | Uint8Array, encoding: 'hex' | 'base64', ...parts: string[]) =>
  createHmac(algorithm, key).update(parts.join('')).digest(encoding);
const newKey = () =>
  `${'signed'}${randomBytes(13)
    .toString('hex')
    .replaceAll(/[0189]/g, 'z')}`;
const whsec = () => `whsec_${randomBytes(32).toString('base64')}`;
const json = { 'content-type': 'application/json' };

interface Sender {
  name: string;
  settings: CaseSource['settings'];
  secret: string;
  /** With a leading question mark. */
  query?: string;
  body?: string;
  /** Header that holds the signature. */
  signature: string;
  sign(address: string, body: string, secret: string): Record<string, string> | Promise<Record<string, string>>;
}

/**
 * Deliveries of each sender to a source of its own below that base address, signed at this time by the sender's own library
 * where there is one for Node: as they are, with a changed body, to a source of another secret, and without the signature.
 */
export async function signedDeliveries(baseUrl: string, nowMs: number): Promise<SignedDelivery[]> {
  const now = Math.floor(nowMs / 1_000);
  const ofSenders = await Promise.all(senders(now).map((sender) => deliveriesOf(sender, baseUrl)));
  return [...ofSenders.flat(), ...stripeAtTimes(now), slackChallenge(now)];
}

function deliveriesOf(sender: Sender, baseUrl: string): Promise<SignedDelivery[]> {
  const { name, settings, secret, signature, query = '' } = sender;
  const other = secret.startsWith('whpk_') ? whpkOfNobody : whsecOfNobody;
  const mismatch = { code: 'signature_invalid', cause: 'signature_mismatch' } as const;
  const make = async (
    how: string,
    secrets: string[],
    expected: Expected,
    change: (signed: Signed) => void = () => undefined,
  ) => {
    const sourceKey = newKey();
    const body = sender.body ?? `{"from":${JSON.stringify(name)},"n":12345678901234567890}`;
    const headers = { ...json, ...(await sender.sign(`${baseUrl}/h/${sourceKey}${query}`, body, secret)) };
    const signed = { headers, body };
    change(signed);
    return { name: name + how, source: { settings, secrets, sourceKey }, expected, query, ...signed };
  };
  return Promise.all([
    make('', [secret], { accepted: true, secret: 0 }),
    make(', by the older of two secrets', [other, secret], { accepted: true, secret: 1 }),
    make(', with a changed body', [secret], mismatch, (signed) => {
      signed.body = signed.body.replace(/[a-z](?=[^a-z]*$)/, (letter) => (letter === 'x' ? 'y' : 'x'));
    }),
    make(', to a source of another secret', [other], mismatch),
    make(
      ', without its signature',
      [secret],
      { code: 'signature_invalid', cause: 'signature_missing' },
      ({ headers }) => {
        delete headers[signature];
      },
    ),
  ]);
}

interface Signed {
  headers: Record<string, string>;
  body: string;
}

const whsecOfNobody = `whsec_${Buffer.from('another secret of thirty-two byt').toString('base64')}`;
const whpkOfNobody = 'whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=';

/** Stripe's deliveries, signed at other times than they are sent, and with what is no time. */
function stripeAtTimes(now: number): SignedDelivery[] {
  const secret = whsec();
  const stale = { code: 'signature_invalid', cause: 'timestamp_out_of_tolerance' } as const;
  const malformed = { code: 'signature_invalid', cause: 'timestamp_malformed' } as const;
  const times: [how: string, time: string, Expected][] = [
    ['signed 200 s ago', String(now - 200), { accepted: true, secret: 0 }],
    ['signed 200 s ahead', String(now + 200), { accepted: true, secret: 0 }],
    ['signed 400 s ago', String(now - 400), stale],
    ['signed 400 s ahead', String(now + 400), stale],
    ['signed a day ahead', String(now + 86_400), stale],
    ['with a time in milliseconds', String(now * 1_000), malformed],
    ['with a time of Infinity', 'Infinity', malformed],
    ['with a time in the form 1e9', '1e9', malformed],
    ['with a negative time', String(-now), malformed],
    ['with an empty time', '', malformed],
  ];
  return times.map(([how, time, expected]) => {
    const body = '{"id":"evt_1"}';
    const signature = `t=${time},v1=${hmac('sha256', secret, 'hex', `${time}.`, body)}`;
    return {
      name: `Stripe, ${how}`,
      source: { settings: { verification: { scheme: 'stripe' } }, secrets: [secret], sourceKey: newKey() },
      expected,
      query: '',
      headers: { ...json, 'stripe-signature': signature },
      body,
    };
  });
}

/** What Slack asks before it sends events, signed like them. */
function slackChallenge(now: number): SignedDelivery {
  const secret = 'signing secret';
  const body =
    '{"type":"url_verification","token":"x","challenge":"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"}';
  const signature = `v0=${hmac('sha256', secret, 'hex', `v0:${now}:`, body)}`;
  return {
    name: 'Slack’s challenge',
    source: { settings: { verification: { scheme: 'slack' } }, secrets: [secret], sourceKey: newKey() },
    expected: {
      answered: '3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P',
      headers: { 'content-type': 'text/plain' },
    },
    query: '',
    headers: { ...json, 'x-slack-request-timestamp': String(now), 'x-slack-signature': signature },
    body,
  };
}

function senders(seconds: number): Sender[] {
  const id = 'msg_2KWPBgLlAfxdpx2AI54pPJ85f4W';
  const standard = (family: string, secret: string, body: string) => ({
    [`${family}-id`]: id,
    [`${family}-timestamp`]: String(seconds),
    [`${family}-signature`]: new Webhook(secret).sign(id, new Date(seconds * 1_000), body),
  });
  const asymmetric = generateKeyPairSync('ed25519');
  const form = 'CallSid=CA1&From=%2B14158675309&Digits=1234';
  const twilioJson = '{"property":"value"}';
  return [
    {
      name: 'Standard Webhooks (standardwebhooks)',
      settings: { verification: { scheme: 'standard_webhooks' } },
      secret: whsec(),
      signature: 'webhook-signature',
      sign: (_, body, secret) => standard('webhook', secret, body),
    },
    {
      name: 'Svix (standardwebhooks)',
      settings: { verification: { scheme: 'standard_webhooks' } },
      secret: whsec(),
      signature: 'svix-signature',
      sign: (_, body, secret) => standard('svix', secret, body),
    },
    {
      name: 'Standard Webhooks v1a',
      settings: { verification: { scheme: 'standard_webhooks' } },
      secret: `whpk_${asymmetric.publicKey.export({ type: 'spki', format: 'der' }).subarray(-32).toString('base64')}`,
      signature: 'webhook-signature',
      sign: (_, body) => ({
        ...standard('webhook', whsec(), body),
        'webhook-signature': `v1a,${signBytes(null, Buffer.from(`${id}.${seconds}.${body}`), asymmetric.privateKey).toString('base64')}`,
      }),
    },
    {
      name: 'GitHub (@octokit/webhooks-methods)',
      settings: { verification: { scheme: 'github' } },
      secret: "It's a Secret to Everybody",
      signature: 'x-hub-signature-256',
      sign: async (_, body, secret) => ({ 'x-hub-signature-256': await signForGitHub(secret, body) }),
    },
    {
      name: 'Stripe (stripe)',
      settings: { verification: { scheme: 'stripe' } },
      secret: whsec(),
      signature: 'stripe-signature',
      sign: async (_, payload, secret) => ({
        'stripe-signature': await new Stripe('sk_test').webhooks.generateTestHeaderStringAsync({
          payload,
          secret,
          timestamp: seconds,
        }),
      }),
    },
    {
      name: 'Slack (checked by @slack/bolt)',
      settings: { verification: { scheme: 'slack' } },
      secret: randomBytes(16).toString('hex'),
      signature: 'x-slack-signature',
      sign(_, body, signingSecret) {
        const headers = {
          'x-slack-request-timestamp': String(seconds),
          'x-slack-signature': `v0=${hmac('sha256', signingSecret, 'hex', `v0:${seconds}:`, body)}`,
        };
        const numbered = { ...headers, 'x-slack-request-timestamp': seconds };
        if (!isValidSlackRequest({ signingSecret, body, headers: numbered })) throw new Error('not how Slack signs');
        return headers;
      },
    },
    {
      name: 'Shopify',
      settings: { verification: { scheme: 'shopify' } },
      secret: 'client secret',
      signature: 'x-shopify-hmac-sha256',
      sign: (_, body, secret) => ({ 'x-shopify-hmac-sha256': hmac('sha256', secret, 'base64', body) }),
    },
    {
      name: 'Twilio with a form (twilio)',
      settings: { verification: { scheme: 'twilio' }, content: { raw: true } },
      secret: '12345',
      query: '?foo=1&bar=2',
      body: form,
      signature: 'x-twilio-signature',
      sign: (address, body, secret) => ({
        'content-type': 'application/x-www-form-urlencoded',
        'x-twilio-signature': getExpectedTwilioSignature(
          secret,
          address,
          Object.fromEntries(new URLSearchParams(body)),
        ),
      }),
    },
    {
      name: 'Twilio with JSON (twilio)',
      settings: { verification: { scheme: 'twilio' } },
      secret: '12345',
      query: `?bodySHA256=${createHash('sha256').update(twilioJson).digest('hex')}`,
      body: twilioJson,
      signature: 'x-twilio-signature',
      sign: (address, _, secret) => ({
        'x-twilio-signature': getExpectedTwilioSignature(secret, address, {}),
      }),
    },
    {
      name: 'X',
      settings: { verification: { scheme: 'x' } },
      secret: 'consumer secret',
      signature: 'x-twitter-webhooks-signature',
      sign: (_, body, secret) => ({
        'x-twitter-webhooks-signature': `sha256=${hmac('sha256', secret, 'base64', body)}`,
      }),
    },
    {
      name: 'a sender with a MAC of its own kind',
      settings: {
        verification: {
          scheme: 'hmac',
          header: 'X-Own-Signature',
          prefix: 'v1:',
          algorithm: 'sha512',
          template: '{timestamp},{body}',
          timestampHeader: 'X-Own-Time',
        },
      },
      secret: 'own secret',
      signature: 'x-own-signature',
      sign: (_, body, secret) => ({
        'x-own-time': String(seconds),
        'x-own-signature': `v1:${hmac('sha512', secret, 'hex', `${seconds},`, body)}`,
      }),
    },
  ];
}
