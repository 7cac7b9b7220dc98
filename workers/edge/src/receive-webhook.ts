import type { Clock } from '@nexomatic/clock';
import type { Refusal } from '@nexomatic/contracts/edge-protocol';
import { type Envelope, newIngestId } from '@nexomatic/contracts/envelope';
import { sha256Hex } from '@nexomatic/signature/mac';
import { type Answer, answerForward, answerHandshake, answerRefused, answerUnknown, sourceNotFound } from './answer.ts';
import type { Arrival } from './arrival.ts';
import type { Deliver } from './deliver.ts';
import { judgeFreshly } from './judge-freshly.ts';
import { wrongMethod } from './judge-request.ts';
import { keepHeaders } from './keep-headers.ts';
import { incomingBody } from './read-body.ts';
import { describeRefusal } from './refusals/describe-refusal.ts';
import type { SourceSettingsProvider } from './settings/source-settings.ts';
import type { TokenBuckets } from './token-buckets.ts';

/** What a receiver brings along: the Worker forwards over HTTP, the hub calls its rules in the same process. */
export interface ReceiveDeps {
  settings: SourceSettingsProvider;
  buckets: TokenBuckets;
  deliver: Deliver;
  clock: Clock;
  /** Peer address from a place that a sender can't write to; empty when there is none. */
  remoteAddress: string;
  /** The address as its sender wrote it, where the request at hand came through a proxy. */
  addressedAs?(): string;
  newIngestId?(): string;
  /** Web Crypto hashes on another thread, which costs more than the hash; a platform that has a direct call gives it. */
  sha256Hex?(text: string): string;
  /** How long a body may take to arrive. */
  bodyTimeoutMs?: number;
  /** Told of each request of a known source that is refused here; must not take long. */
  onRefused?(refusal: Refusal): void;
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
 * Receives one webhook request at `/h/{sourceKey}`: judges it by the settings of its source, hands it on in an envelope,
 * and answers by what came of that.
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
  if (sourceKey === undefined) return { answer: sourceNotFound(requestId), bodyBytes: 0 };
  if (!mayBeTaken(request)) return { answer: answerRefused(wrongMethod(request.method), requestId), bodyBytes: 0 };

  const arrival: Arrival = {
    request,
    requestId,
    receivedAt,
    sourceKeyHash: deps.sha256Hex?.(sourceKey) ?? (await sha256Hex(encoder.encode(sourceKey))),
    addressedAs: () => deps.addressedAs?.() ?? request.url,
    contentType: request.headers.get('content-type') ?? '',
    remoteAddress: deps.remoteAddress,
    headers: [...request.headers],
    incoming: incomingBody(request, deps.bodyTimeoutMs ?? 10_000),
    counted: false,
    body: null,
  };
  const answer = await settle(arrival, deps);
  if (arrival.body === null) await arrival.incoming.dismiss();
  return { answer, bodyBytes: arrival.body?.byteLength ?? 0 };
}

/** POST, and what asks for a handshake of a kind that some source may know. */
function mayBeTaken({ method, headers, url }: Request): boolean {
  if (method === 'POST') return true;
  if (method === 'OPTIONS') return headers.has('webhook-request-origin');
  return method === 'GET' && /[?&]crc_token=/.test(url);
}

/** Judges, hands on and answers; once more where the hub has newer settings than the request was judged by. */
async function settle(arrival: Arrival, deps: ReceiveDeps): Promise<Answer> {
  const { requestId, sourceKeyHash } = arrival;
  for (let tries = 0; tries < 2; tries++) {
    const judged = await judgeFreshly(arrival, deps);
    if (judged.outcome === 'absent') return sourceNotFound(requestId);
    if (judged.outcome === 'unknown') return answerUnknown(judged.cause, requestId);
    const { judgement, settings, version } = judged;
    if (judgement.kind === 'handshake') return answerHandshake(judgement.answer);
    if (judgement.kind === 'refused') {
      deps.onRefused?.(describeRefusal(arrival, judgement, settings));
      return answerRefused(judgement, requestId);
    }
    const envelope: Envelope = {
      ingestId: requestId,
      receivedAt: arrival.receivedAt,
      sourceKeyHash,
      contentType: arrival.contentType,
      remoteAddress: arrival.remoteAddress,
      headers: keepHeaders(arrival.headers, settings.verification),
      settingsVersion: version,
      secretId: judgement.secretId,
      held: false,
    };
    const delivered = await deps.deliver(envelope, judgement.body);
    const code = delivered.kind === 'refused' ? delivered.problem.code : null;
    if (code === 'source_not_found' || code === 'settings_changed') deps.settings.outdated(sourceKeyHash);
    if (code !== 'settings_changed') return answerForward(delivered, requestId);
  }
  return answerUnknown('the hub had other settings twice in a row', requestId);
}

const encoder = new TextEncoder();
