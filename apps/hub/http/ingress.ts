import { hash } from 'node:crypto';
import { ingestPath, maxBodyBytes } from '@nexomatic/contracts/envelope';
import { readBody } from '@nexomatic/edge/read-body';
import { receiveWebhook } from '@nexomatic/edge/receive-webhook';
import { createTokenBuckets } from '@nexomatic/edge/token-buckets';
import type { Hono } from 'hono';
import { createHubSettings } from '#server/edge/hub-settings.ts';
import type { HubEnv } from '#server/env.ts';
import { receiveEnvelope } from '#server/ingress/receive-envelope.ts';
import { verifyEnvelope } from '#server/ingress/verify-envelope.ts';
import type { Services } from '#server/services.ts';
import { type HubApp, type HubContext, remoteAddressOf } from './hub-app.ts';
import { type IngestReply, ingestReply, refused } from './ingest-reply.ts';
import { problemResponse } from './problem-response.ts';
import { requestIdOf } from './request-id.ts';

/** An edge sends a body in one go; a sender may be slow, and is timed out by `receiveWebhook`. */
const envelopeTimeoutMs = 10_000;

/**
 * Where requests become events: `/h/{sourceKey}` for senders that reach this hub directly, `/internal/ingest` for the signed
 * envelopes of an edge. Transport only. It stands in front of everything else and pays for no middleware.
 */
export function mountIngress(app: Hono<HubApp>, services: Services): void {
  const { logger, clock } = services;
  const settings = createHubSettings(services.definitions);
  const buckets = createTokenBuckets(clock.monotonic);
  // One request in thousands is looked at; building its log line would cost as much as its routing.
  const logged = logger.isLevelEnabled('debug');

  app.all('/h/*', (context) =>
    receiveWebhook(context.req.raw, {
      settings,
      buckets,
      deliver: async (envelope, body) =>
        ingestReply(await receiveEnvelope(services, envelope, body), envelope.ingestId),
      clock,
      remoteAddress: remoteAddressOf(context),
      addressedAs: () => addressedAs(context.req.raw, services.env),
      onRefused: (refusal) => void services.recordRefusals([refusal]),
      sha256Hex: (text) => hash('sha256', text, 'hex'),
      ...(logged ? { onSettled: (settled) => logger.debug(settled, 'webhook.received') } : {}),
    }),
  );

  app.post(ingestPath, async (context) => respond(await ingest(context, services)));
}

/**
 * The address as its sender wrote it, which some senders sign: a proxy in front of this hub has taken off the encryption, so
 * the request itself says `http`. The host tells by which of the hub's two names it was called.
 */
function addressedAs({ url, headers }: Request, { publicUrl, edgeUrl }: Pick<HubEnv, 'publicUrl' | 'edgeUrl'>): string {
  const host = headers.get('host');
  const base = [edgeUrl, publicUrl].find((known) => new URL(known).host === host) ?? edgeUrl;
  const { pathname, search } = new URL(url);
  return base + pathname + search;
}

async function ingest(context: HubContext, services: Services): Promise<IngestReply> {
  const { req } = context;
  const requestId = requestIdOf(req.header('x-request-id'));
  const read = await readBody(req.raw, { maxBytes: maxBodyBytes, timeoutMs: envelopeTimeoutMs });
  switch (read.kind) {
    case 'too_large':
      return refused('payload_too_large', `The body is larger than ${maxBodyBytes} bytes.`, requestId);
    case 'timed_out':
      return refused('body_timeout', 'The body did not arrive in time; nothing was stored.', requestId);
    case 'broken':
      return refused('bad_request', 'The connection ended before the body was complete.', requestId);
    case 'read':
      break;
    default:
      read satisfies never;
  }
  const edge = { edgeKeys: services.env.edgeKeys, clock: services.clock };
  const verified = await verifyEnvelope(edge, req.raw.headers, read.body);
  if (!verified.ok) {
    services.logger.warn(
      { requestId, cause: verified.cause, remoteAddress: remoteAddressOf(context) },
      'envelope.refused',
    );
    return refused(
      'envelope_invalid',
      'This address takes envelopes that one of the configured edges signed.',
      requestId,
    );
  }
  const outcome = await receiveEnvelope(services, verified.envelope, read.body);
  services.logger.debug({ requestId: verified.envelope.ingestId, outcome: outcome.kind }, 'envelope.received');
  return ingestReply(outcome, verified.envelope.ingestId);
}

function respond(reply: IngestReply): Response {
  if (reply.kind === 'refused') {
    return problemResponse(reply.problem, reply.retryAfter ? { 'retry-after': String(reply.retryAfter) } : {});
  }
  const headers = { 'content-type': 'application/json' };
  return new Response(JSON.stringify(reply.answer), { status: reply.status, headers });
}
