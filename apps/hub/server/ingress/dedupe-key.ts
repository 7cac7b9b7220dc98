import { hash } from 'node:crypto';
import type { SourceSettings } from '@nexomatic/contracts/source-settings';
import type { IncomingRequest } from './incoming-request.ts';

/**
 * What makes a second request the same delivery as the first: 32 bytes, or null where there is nothing to tell by, and then
 * every request is one of its own. The hash covers by what it was told, so that a header's value and a body's never meet, and
 * each part by itself, so that `a` and `bc` are not `ab` and `c`. The source is the other half of the index.
 */
export function dedupeKeyOf(settings: SourceSettings, request: IncomingRequest): Uint8Array | null {
  const parts = partsOf(settings, request);
  return parts && hash('sha256', JSON.stringify(parts), 'buffer');
}

type Parts = string[] | null;

function partsOf(settings: SourceSettings, request: IncomingRequest): Parts {
  const { dedupe } = settings;
  switch (dedupe.by) {
    case 'none':
      return null;
    case 'body':
      return ['body', hash('sha256', request.body, 'hex')];
    case 'header':
      return byHeader(request, dedupe.header.toLowerCase());
    case 'pointers':
      return byPointers(request, dedupe.pointers);
    case 'provider':
      return byProvider(settings, request);
    default:
      return dedupe satisfies never;
  }
}

function byHeader(request: IncomingRequest, ...names: string[]): Parts {
  for (const name of names) {
    const value = request.header(name);
    if (value) return ['header', name, value];
  }
  return null;
}

/** All of them, or none: what lacks one may be another delivery that lacks the same. */
function byPointers(request: IncomingRequest, pointers: readonly string[]): Parts {
  const found = pointers.map((pointer) => request.member(pointer));
  const values = found.flatMap((member) => (member && member.json !== 'null' ? [member.json] : []));
  return values.length === pointers.length ? ['pointers', ...pointers, ...values] : null;
}

/** Where the sender of each scheme puts its delivery id; the same one on each of its retries. */
function byProvider({ verification, handshakes }: SourceSettings, request: IncomingRequest): Parts {
  switch (verification.scheme) {
    case 'standard_webhooks':
      return byHeader(request, 'webhook-id', 'svix-id');
    case 'github':
      return byHeader(request, 'x-github-delivery');
    case 'stripe':
      return byPointers(request, ['/id']);
    case 'slack':
      return (
        byPointers(request, ['/event_id']) ?? byPointers(request, ['/trigger_id']) ?? byFormField(request, 'trigger_id')
      );
    case 'shopify':
      return byHeader(request, 'x-shopify-webhook-id', 'shopify-webhook-id');
    case 'twilio':
      return byHeader(request, 'i-twilio-idempotency-token');
    case 'gitlab_token':
      return byHeader(request, 'idempotency-key', 'webhook-id');
    case 'hmac':
      return verification.idHeader === null ? null : byHeader(request, verification.idHeader.toLowerCase());
    case 'x':
      return null;
    case 'none':
    case 'basic':
    case 'token':
      // Systems without a signature of their own, known by the handshake that they ask for.
      return (
        (handshakes.cloudEvents ? byCloudEvent(request) : null) ?? (handshakes.eventGrid ? byGridEvent(request) : null)
      );
    default:
      return verification satisfies never;
  }
}

/** A slash command of Slack is a form; such bodies are taken by sources of raw content alone. */
function byFormField(request: IncomingRequest, name: string): Parts {
  if (!/^application\/x-www-form-urlencoded\b/i.test(request.contentType)) return null;
  const value = new URLSearchParams(Buffer.from(request.body).toString('utf8')).get(name);
  return value ? ['form', name, value] : null;
}

/** An event is told by its source and id together (CloudEvents 1.0, 3.1), in headers or in the body. */
function byCloudEvent(request: IncomingRequest): Parts {
  const [source, id] = [request.header('ce-source'), request.header('ce-id')];
  if (source && id) return ['cloudevent', JSON.stringify(source), JSON.stringify(id)];
  const [source2, id2] = [request.member('/source'), request.member('/id')];
  return source2 && id2 ? ['cloudevent', source2.json, id2.json] : null;
}

/** The events of one delivery, each by its topic and id. A batch that comes again with one event more is another delivery. */
function byGridEvent(request: IncomingRequest): Parts {
  const parts: string[] = [];
  for (let i = 0; request.member(`/${i}`); i++) {
    const id = request.member(`/${i}/id`);
    if (!id) return null;
    parts.push(request.member(`/${i}/topic`)?.json ?? '', id.json);
  }
  return parts.length > 0 ? ['event_grid', ...parts] : null;
}
