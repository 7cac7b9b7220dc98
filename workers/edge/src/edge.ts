import { type Clock, systemClock } from '@nexomatic/clock';
import { newIngestId } from '@nexomatic/contracts/envelope';
import { json, refuse } from './answer.ts';
import { checkReady } from './check-ready.ts';
import type { EdgeBuffer } from './edge-buffer.ts';
import { type EdgeEnv, readEnv } from './env.ts';
import { openReceiver, type Receiver } from './open-receiver.ts';
import { receiveWebhook, type Settled } from './receive-webhook.ts';
import { writeLog } from './request-log.ts';

export interface Edge {
  fetch(request: Request): Promise<Response>;
}

/** What the Worker's runtime gives beside bindings. */
export interface EdgePlatform {
  clock: Clock;
  /** Goes on with work after the answer to the request at hand. */
  background(work: Promise<unknown>): void;
  /** Makes what holds requests that the hub can't have; without it their senders are told to come again. */
  openBuffer?(env: EdgeEnv): EdgeBuffer;
}

const plainPlatform: EdgePlatform = { clock: systemClock, background: () => undefined };

/** The Worker's routes. Without a whole environment it starts all the same, and says what is missing. */
export function createEdge(bindings: unknown, platform: EdgePlatform = plainPlatform): Edge {
  const { clock } = platform;
  const read = readEnv(bindings);
  const buffer = read.outcome === 'valid' ? (platform.openBuffer?.(read.env) ?? null) : null;
  const receiver = read.outcome === 'valid' ? openReceiver(read.env, buffer, platform) : null;
  return {
    async fetch(request) {
      const { pathname } = new URL(request.url);
      if (pathname === '/healthz') return json(200, { status: 'alive' });
      if (pathname === '/readyz') return answerReady(read.outcome === 'valid' ? read.env.hubUrl : read.faults);
      if (!pathname.startsWith('/h/')) {
        const nothing = () => refuse('not_found', 'Webhooks go to /h/ and their key.', newIngestId()).response;
        return buffer?.answerHub(request, pathname) ?? nothing();
      }
      if (receiver) return receive(request, receiver, clock);
      const requestId = newIngestId();
      const faults = read.outcome === 'valid' ? [] : read.faults;
      writeLog(clock, 'error', 'edge.misconfigured', { requestId, faults });
      return refuse('internal', 'The edge is not set up; its log says what is missing.', requestId).response;
    },
  };
}

async function answerReady(hubUrlOrFaults: string | string[]): Promise<Response> {
  const { ready, faults } =
    typeof hubUrlOrFaults === 'string'
      ? await checkReady(hubUrlOrFaults, fetch)
      : { ready: false, faults: hubUrlOrFaults };
  return json(ready ? 200 : 503, ready ? { status: 'ready' } : { status: 'unready', faults });
}

async function receive(request: Request, receiver: Receiver, clock: Clock): Promise<Response> {
  const startedAt = clock.monotonic();
  const log = (settled: Settled, status: number) => {
    const ms = Math.round(clock.monotonic() - startedAt);
    writeLog(clock, status >= 500 ? 'error' : 'info', 'webhook.received', { ...settled, status, ms });
  };
  const requestId = newIngestId();
  let settled: Settled = { requestId, outcome: 'internal', bodyBytes: 0 };
  try {
    const response = await receiveWebhook(request, {
      ...receiver,
      clock,
      // Set by Cloudflare's network, which overwrites what a sender puts there; X-Forwarded-For is anybody's.
      remoteAddress: request.headers.get('cf-connecting-ip') ?? '',
      newIngestId: () => requestId,
      onSettled: (value) => {
        settled = value;
      },
    });
    log(settled, response.status);
    return response;
  } catch (error) {
    const cause = error instanceof Error ? (error.stack ?? error.message) : String(error);
    log({ ...settled, cause }, 500);
    return refuse('internal', 'The edge failed while handling this request.', requestId).response;
  }
}
