import type { ForwardOutcome } from '@nexomatic/client/forward-envelope';
import type { Clock } from '@nexomatic/clock';
import { type Envelope, maxBodyBytes, newIngestId } from '@nexomatic/contracts/envelope';
import { toHex } from '@nexomatic/signature/hex';
import { type Answer, answerForward, refuse, sourceNotFound } from './answer.ts';
import { checkContent } from './check-content.ts';
import { headerPairs, keepHeaders } from './keep-headers.ts';
import { readBody } from './read-body.ts';

/** What a receiver brings along: the Worker forwards over HTTP, the hub calls its rules in the same process. */
export interface ReceiveDeps {
  /** Hands the envelope on and says what became of it; it keeps its own deadline. */
  forward(envelope: Envelope, body: Uint8Array<ArrayBuffer>): Promise<ForwardOutcome>;
  clock: Clock;
  /** Peer address from a place that a sender can't write to; empty when there is none. */
  remoteAddress: string;
  /** Header names and values in turn, as Node has them. Given, they save building Fetch headers only to list them. */
  rawHeaders?: readonly string[];
  newIngestId?(): string;
  /** Web Crypto hashes on another thread, which costs more than the hash; a platform that has a direct call gives it. */
  sha256Hex?(text: string): string;
  /** How long a body may take to arrive. */
  bodyTimeoutMs?: number;
  /** Told once per request, for the log. */
  onSettled?(settled: Settled): void;
}

export interface Settled extends Pick<Answer, 'outcome' | 'cause'> {
  /** Also the `ingestId` and what a problem document quotes as `requestId`. */
  requestId: string;
  bodyBytes: number;
}

/** 160 random bits in base32. The form alone decides: no look-up, and nothing else gets as far as a hash. */
const webhookAddress = /^[a-z]+:\/\/[^/]+\/h\/([a-z2-7]{32})(?:[?#].*)?$/;

/**
 * Receives one webhook request at `/h/{sourceKey}`: refuses what can be refused cheaply, reads the body under its cap,
 * forwards it in an envelope, and answers by what came of that. Cheap checks come before dear ones.
 */
export async function receiveWebhook(request: Request, deps: ReceiveDeps): Promise<Response> {
  const requestId = (deps.newIngestId ?? newIngestId)();
  const { answer, bodyBytes } = await receive(request, requestId, deps);
  deps.onSettled?.({ requestId, bodyBytes, outcome: answer.outcome, ...(answer.cause ? { cause: answer.cause } : {}) });
  return answer.response;
}

interface Received {
  answer: Answer;
  bodyBytes: number;
}

async function receive(request: Request, requestId: string, deps: ReceiveDeps): Promise<Received> {
  const receivedAt = deps.clock.now();
  const sourceKey = webhookAddress.exec(request.url)?.[1];
  if (sourceKey === undefined) return unread(sourceNotFound(requestId));
  if (request.method !== 'POST') {
    const detail = `This address takes POST, not ${request.method}.`;
    return unread(refuse('method_not_allowed', detail, requestId, { allow: 'POST, OPTIONS' }));
  }
  const contentType = request.headers.get('content-type') ?? '';
  const fault = checkContent(contentType, request.headers.get('content-encoding'));
  if (fault !== null) return unread(refuse(fault.code, fault.detail, requestId));

  const read = await readBody(request, { maxBytes: maxBodyBytes, timeoutMs: deps.bodyTimeoutMs ?? 10_000 });
  switch (read.kind) {
    case 'too_large':
      return unread(refuse('payload_too_large', `The body is larger than ${maxBodyBytes} bytes.`, requestId));
    case 'timed_out':
      return unread(refuse('body_timeout', 'The body did not arrive in time; nothing was stored.', requestId));
    case 'broken':
      return unread(refuse('bad_request', 'The connection ended before the body was complete.', requestId));
    case 'read':
      break;
    default:
      read satisfies never;
  }

  // Here a source's cached settings will decide whether its sender is who it claims to be.
  const envelope: Envelope = {
    ingestId: requestId,
    receivedAt,
    sourceKeyHash: deps.sha256Hex?.(sourceKey) ?? (await sha256Hex(sourceKey)),
    contentType,
    remoteAddress: deps.remoteAddress,
    headers: keepHeaders(deps.rawHeaders ? headerPairs(deps.rawHeaders) : request.headers),
    settingsVersion: '',
    secretId: null,
    held: false,
  };
  // Here an envelope that the hub did not take will be stored durably, to be forwarded later.
  const forwarded = await deps.forward(envelope, read.body);
  return { answer: answerForward(forwarded, requestId), bodyBytes: read.body.byteLength };
}

const unread = (answer: Answer): Received => ({ answer, bodyBytes: 0 });

const encoder = new TextEncoder();

async function sha256Hex(text: string): Promise<string> {
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', encoder.encode(text))));
}
