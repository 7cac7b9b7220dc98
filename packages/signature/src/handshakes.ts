import { encodeBase64 } from './decode.ts';
import { mac, utf8 } from './mac.ts';
import type { SignedRequest } from './schemes/scheme.ts';

/** What a sender is to be answered that asks whether this address wants its events; nothing is accepted then. */
export interface HandshakeAnswer {
  status: 200;
  headers: Record<string, string>;
  body: string;
}

const json = (value: unknown): HandshakeAnswer => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

/**
 * Azure Event Grid, its own event schema: one event that carries a code, to be sent back with 200 (202 does not count).
 * Source: learn.microsoft.com "Endpoint validation with Event Grid event schema". The address that comes along is never called.
 */
export function eventGridHandshake({ headers, body }: SignedRequest): HandshakeAnswer | null {
  if (headers.get('aeg-event-type') !== 'SubscriptionValidation') return null;
  const events = parseJson(body);
  const [event] = Array.isArray(events) && events.length === 1 ? (events as unknown[]) : [];
  if (stringAt(event, 'eventType') !== 'Microsoft.EventGrid.SubscriptionValidationEvent') return null;
  const code = stringAt(memberOf(event, 'data'), 'validationCode');
  return code ? json({ validationResponse: code }) : null;
}

/**
 * CloudEvents, abuse protection: `OPTIONS` that names who wants to send. Source: cloudevents/spec, http-webhook.md, 4. The callback
 * address is never called, and any rate is allowed: the source's own limit answers 429.
 */
export function cloudEventsHandshake({ method, headers }: SignedRequest): HandshakeAnswer | null {
  const origin = headers.get('webhook-request-origin');
  if (method !== 'OPTIONS' || !origin || !/^[A-Za-z0-9.*-]{1,253}$/.test(origin)) return null;
  const rate = headers.get('webhook-request-rate');
  const allowedRate: Record<string, string> =
    rate === null ? {} : { 'webhook-allowed-rate': /^[1-9]\d{0,5}$/.test(rate) ? rate : '*' };
  return { status: 200, headers: { 'webhook-allowed-origin': origin, ...allowedRate, allow: 'POST' }, body: '' };
}

/** Slack's `url_verification`, to be answered once the signature was found good. Source: docs.slack.dev. */
export function slackHandshake({ body }: SignedRequest): HandshakeAnswer | null {
  // Any other event of Slack's is larger than a challenge can be.
  if (body.length > 4_096) return null;
  const message = parseJson(body);
  if (stringAt(message, 'type') !== 'url_verification') return null;
  const challenge = stringAt(message, 'challenge');
  return challenge ? { status: 200, headers: { 'content-type': 'text/plain' }, body: challenge } : null;
}

/** The challenge-response check of X's account activity API, a GET. Source: developer.x.com "Securing webhooks". */
export async function crcHandshake({ method, url }: SignedRequest, secret: string): Promise<HandshakeAnswer | null> {
  const token = method === 'GET' ? new URL(url).searchParams.get('crc_token') : null;
  if (!token || token.length > 256) return null;
  return json({ response_token: `sha256=${encodeBase64(await mac('sha256', utf8(secret), utf8(token)))}` });
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined; // what is no JSON asks for no handshake
  }
}

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;

function stringAt(value: unknown, name: string): string | null {
  const found = memberOf(value, name);
  return typeof found === 'string' ? found : null;
}
