import { forwardEnvelope } from '@nexomatic/client/forward-envelope';
import { type Clock, systemClock } from '@nexomatic/clock';
import { newIngestId } from '@nexomatic/contracts/envelope';
import { json, refuse } from './answer.ts';
import { checkReady } from './check-ready.ts';
import { type EdgeEnv, readEnv } from './env.ts';
import { receiveWebhook, type Settled } from './receive-webhook.ts';
import { writeLog } from './request-log.ts';

/** Senders wait 3 to 5 seconds in all; what is left after this is for their network. */
const forwardTimeoutMs = 1_500;

export interface Edge {
  fetch(request: Request): Promise<Response>;
}

/** The Worker's routes. Without a whole environment it starts all the same, and says what is missing. */
export function createEdge(bindings: unknown, clock: Clock = systemClock): Edge {
  const read = readEnv(bindings);
  return {
    async fetch(request) {
      const { pathname } = new URL(request.url);
      if (pathname === '/healthz') return json(200, { status: 'alive' });
      if (pathname === '/readyz') return answerReady(read.outcome === 'valid' ? read.env.hubUrl : read.faults);
      if (!pathname.startsWith('/h/'))
        return refuse('not_found', 'Webhooks go to /h/ and their key.', newIngestId()).response;
      if (read.outcome === 'valid') return receive(request, read.env, clock);
      const requestId = newIngestId();
      writeLog(clock, 'error', 'edge.misconfigured', { requestId, faults: read.faults });
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

async function receive(request: Request, env: EdgeEnv, clock: Clock): Promise<Response> {
  const startedAt = clock.monotonic();
  const log = (settled: Settled, status: number) => {
    const ms = Math.round(clock.monotonic() - startedAt);
    writeLog(clock, status >= 500 ? 'error' : 'info', 'webhook.received', { ...settled, status, ms });
  };
  const requestId = newIngestId();
  let settled: Settled = { requestId, outcome: 'internal', bodyBytes: 0 };
  try {
    const response = await receiveWebhook(request, {
      forward: (envelope, body) => forwardEnvelope({ ...env, fetch, timeoutMs: forwardTimeoutMs }, envelope, body),
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
